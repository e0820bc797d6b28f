// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "casus/brief/page.h"

namespace casus::brief {
namespace {

constexpr const char* screen = R"css(
:root{--ink:#1b1f24;--soft:#5b6570;--line:#d7dce1;--paper:#ffffff;--wash:#f4f6f8;--blue:#0b5c97;--blue2:#5b9bc9;
--blue3:#a9cbe4;--blue4:#dbe9f4;--orange:#c0550c;--orange2:#e08a4c;--orange3:#f0bd95;--orange4:#fae5d6;--land:#eceadf;
--sea:#dfe8ee;--border:#b3ada0;--open:#8a5a00;--openwash:#fdf4e0;--link:#0b4f82}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ec;--soft:#a2adb8;--line:#39424b;--paper:#14181c;--wash:#1d2329;
--blue:#6db3e8;--blue2:#3f87bd;--blue3:#2a5f88;--blue4:#1c3d57;--orange:#f0985a;--orange2:#b9692e;--orange3:#80481f;
--orange4:#4c2d17;--land:#2c3030;--sea:#181e24;--border:#59605f;--open:#f0c060;--openwash:#33290f;--link:#8cc4f0}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:0 24px 40px;max-width:1124px;background:var(--paper);color:var(--ink);
font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif}
h1{font-size:30px;line-height:1.2;margin:18px 0 4px;font-weight:650;letter-spacing:-.01em}
h2{font-size:21px;line-height:1.25;margin:46px 0 12px;padding-top:12px;border-top:2px solid var(--ink);font-weight:650}
h3{font-size:16px;margin:26px 0 8px;font-weight:650}
p{margin:0 0 10px;max-width:78ch}
a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
a.n{color:inherit;border-bottom:1px dotted var(--soft)}
.mark-line{max-width:none;text-align:center;font-weight:650;font-size:13px;letter-spacing:.06em;margin:10px 0;
padding:4px;border:1px solid var(--line);background:var(--wash)}
.question{font-size:18px;color:var(--soft);margin:0 0 8px}.asof{color:var(--soft)}
nav{margin:20px 0 0;padding:12px 18px;background:var(--wash);border:1px solid var(--line)}
nav ol{margin:0;padding:0 0 0 20px;columns:3;column-gap:34px}nav li{break-inside:avoid;padding:1px 0}
.note,figcaption{color:var(--soft);font-size:13px}.faint{color:var(--soft)}
.advice{border-left:4px solid var(--blue);background:var(--wash);padding:12px 16px;margin:0 0 20px}
.advice p:last-child,.verdict:last-child{margin-bottom:0}
.advice.open,.verdict.open{border-left:4px solid var(--open);background:var(--openwash)}
.verdict{border-left:4px solid var(--blue);background:var(--wash);padding:10px 16px;font-weight:600;max-width:none}
td.open{color:var(--open);font-weight:600}
.asked{font-weight:600;margin-bottom:2px}.asked a{color:inherit}
.judgements{padding-left:24px;columns:2;column-gap:40px}.judgements li{break-inside:avoid;margin:0 0 16px}
.judgements p{margin:0}.confidence{color:var(--soft)}
figure{margin:14px 0 20px}figcaption{margin-top:6px;max-width:90ch}
svg{display:block;max-width:100%;height:auto}svg.inline{display:inline-block;vertical-align:middle;max-width:none}th.number{text-align:right}
.grid3{display:grid;grid-template-columns:repeat(3,1fr);gap:8px 24px}
.grid2{display:grid;grid-template-columns:repeat(2,1fr);gap:8px 36px}
figure.small{margin:8px 0 12px;break-inside:avoid;display:flex;flex-direction:column}
figure.small figcaption{color:var(--ink);font-weight:600;margin:0 0 4px;line-height:1.35;flex:1}
figure.small .note{margin:2px 0 0}.mark{color:var(--blue);font-weight:700}
)css";

constexpr const char* tables = R"css(
.wide{overflow-x:auto;margin:12px 0 22px}
table{border-collapse:collapse;width:100%;font-size:13.5px;line-height:1.4}
caption{text-align:left;font-weight:600;padding:0 0 6px;font-size:14px}
th,td{text-align:left;vertical-align:top;padding:5px 10px 5px 0;border-bottom:1px solid var(--line)}
thead th{border-bottom:1.5px solid var(--ink);font-weight:600;font-size:12.5px;vertical-align:bottom}
td.number,td.grade{white-space:nowrap;font-variant-numeric:tabular-nums}td.number{text-align:right}
td.name{font-weight:600}td.date{white-space:nowrap}.id{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:11.5px}
table.states{font-size:13px}table.states td{border:0;padding:1px 10px 1px 0}table.states .leads{font-weight:600}
table.states{table-layout:fixed}table.states td:nth-child(2){width:132px}
table.states td:nth-child(3){width:62px}table.states td:nth-child(4){width:76px;padding-right:0}
table.facts>tbody>tr>td:nth-child(2){width:27%;font-weight:600}
table.matrix{font-size:12.5px}table.matrix th[scope=row]{font-weight:400;min-width:290px}
table.matrix td,table.matrix thead th{text-align:center;padding:4px 2px;min-width:38px}
table.matrix thead th:first-child{text-align:left}
table.matrix td,table.matrix th[scope=row]{vertical-align:middle}table.outcomes td.name{min-width:130px}
td.w{font-variant-numeric:tabular-nums;border:1px solid var(--paper);color:var(--ink)}
.w{color:var(--ink)}.f1{background:var(--blue4)}.f2{background:var(--blue3)}.f3{background:var(--blue2)}
.f4{background:var(--blue);color:var(--paper)!important}.b1{background:var(--orange4)}.b2{background:var(--orange3)}
.b3{background:var(--orange2)}.b4{background:var(--orange);color:var(--paper)!important}
.key span{display:inline-block;padding:1px 8px;margin:0 2px 2px 0;font-size:12.5px}
table.outcomes td,table.outcomes th{font-size:12.5px;padding-right:12px}td.spread{white-space:nowrap}td.share{white-space:nowrap}
table.outcomes thead th{min-width:96px}
table.options td{vertical-align:middle}table.parameters,table.reports{font-size:12px}
table.reports td:nth-child(2){min-width:330px}table.figures{font-size:12px}
details{margin:0 0 8px}summary{cursor:pointer;font-weight:600}details[open] summary{margin-bottom:8px}
pre.packages{font:10.5px/1.35 ui-monospace,"DejaVu Sans Mono",monospace;overflow:auto;max-height:480px;margin:0 0 12px}
tr:target,[id]:target{background:var(--openwash)}
dl.run,dl.texts{display:grid;grid-template-columns:minmax(150px,250px) 1fr;gap:4px 20px;margin:8px 0 20px}
dl.run dt,dl.texts dt{font-weight:600}dl dd{margin:0}
.steps li,section ul li{max-width:90ch;margin-bottom:6px}.references{font-size:12.5px;columns:2;column-gap:36px}
.references li{break-inside:avoid;margin-bottom:3px}
.chain{list-style:none;margin:0;padding:0 0 0 16px;border-left:2px solid var(--line)}
.chain li{margin:0 0 10px}.chain time{font-size:12.5px;color:var(--soft);font-weight:600}.chain p{margin:0}
)css";

constexpr const char* pictures = R"css(
svg text{font-family:inherit;fill:var(--ink)}.tick{font-size:11px;fill:var(--soft)!important}
.label{font-size:12.5px}.value{font-size:12px;font-weight:600;fill:var(--blue)!important}
.grid{stroke:var(--line);stroke-width:1}.axis{stroke:var(--soft);stroke-width:1}
.lead{fill:none;stroke:var(--blue);stroke-width:2.2}.thin{fill:none;stroke:var(--soft);stroke-width:1;opacity:.75}
.rival{fill:none;stroke:var(--orange);stroke-width:1.8;stroke-dasharray:5 3}
.strong{font-weight:650}
.fan90{fill:var(--blue4)}.fan50{fill:var(--blue3)}
.track{fill:var(--line)}.bar{fill:var(--blue)}.whisker{stroke:var(--ink);stroke-width:1}
.bin{fill:var(--blue2)}.mean{stroke:var(--orange);stroke-width:1.5}
.interval{stroke:var(--ink);stroke-width:1.5}.better{fill:var(--blue)}.worse{fill:var(--orange)}.same{fill:var(--soft)}
.cloud{fill:var(--soft);opacity:.35}.edge{fill:var(--blue)}.frontier{fill:none;stroke:var(--blue);stroke-width:1.6}
.shade{fill:var(--blue4);opacity:.7}.named{fill:var(--paper);stroke:var(--orange);stroke-width:1.8}
.letter{font-size:11px;font-weight:650}.worse-bar{fill:var(--orange2)}svg.settlement{max-width:min(100%,720px)}
table.games td:nth-child(4){white-space:nowrap}
.honest{fill:var(--blue)}.careless{fill:var(--blue3)}.controlled{fill:var(--orange)}
.gA,.gB,.gC,.gD,.gE,.gF{stroke:var(--blue);stroke-width:1}
.gA{fill:#08436f}.gB{fill:#0b5c97}.gC{fill:#4a8dbf}.gD{fill:#a9cbe4}.gE{fill:#dbe9f4}.gF{fill:#ffffff}
.grade{font-size:10px;font-weight:600}text.grade{fill:#1b1f24}text.grade.light{fill:#ffffff}
.sea{fill:var(--sea)}.land{fill:var(--land);stroke:var(--border);stroke-width:.8;stroke-linejoin:round}
.province{fill:none;stroke:var(--border);stroke-width:.5;opacity:.55}.border{fill:none;stroke:var(--line)}
.country{font-size:11px;letter-spacing:.14em;fill:var(--soft)!important;opacity:.85}
.route{stroke:var(--soft);stroke-width:1;opacity:.35}
.route.main{stroke:var(--orange);stroke-width:2;opacity:.8}
.dot{fill:var(--ink)}.sector{fill:var(--paper);stroke:var(--ink);stroke-width:1.5}
.force{fill:var(--orange);opacity:.5}.ring{fill:none;stroke:var(--orange);stroke-width:1.4;stroke-dasharray:4 3}
.core{fill:none;stroke:var(--orange);stroke-width:1.4}
.place{font-size:11px;paint-order:stroke;stroke:var(--land);stroke-width:3px;stroke-linejoin:round}
.place.strong{font-size:12px;font-weight:650}.place.figure{font-size:11.5px}
@media screen and (max-width:820px){.wide>table{min-width:560px}table.facts{min-width:680px}table.states{min-width:430px}table.matrix th[scope=row]{min-width:150px}.grid3,.grid2{grid-template-columns:1fr}.judgements,nav ol,.references{columns:1}}
)css";

constexpr const char* print = R"css(
@media print{
:root{--ink:#1b1f24;--soft:#5b6570;--line:#d7dce1;--paper:#ffffff;--wash:#f4f6f8;--blue:#0b5c97;--blue2:#5b9bc9;
--blue3:#a9cbe4;--blue4:#dbe9f4;--orange:#c0550c;--orange2:#e08a4c;--orange3:#f0bd95;--orange4:#fae5d6;--land:#eceadf;
--sea:#dfe8ee;--border:#b3ada0;--open:#8a5a00;--openwash:#fdf4e0;--link:#0b4f82}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{max-width:none;padding:0;font-size:9.5pt;line-height:1.38}
h1{font-size:20pt}h2{font-size:13.5pt;margin-top:22pt;break-after:avoid}h3{break-after:avoid}
.wide{overflow:visible}table{font-size:8pt}table.matrix,table.outcomes td,table.outcomes th{font-size:7pt}
table.parameters,table.reports{font-size:6.8pt}table.matrix th[scope=row]{min-width:0}
table.matrix td,table.matrix thead th{min-width:0;padding:2px 1px}table.outcomes thead th{min-width:0}
svg.map{max-height:100mm;width:auto;margin:0 auto}table.outcomes svg.inline{width:62px}table.options svg.inline{width:110px}table.sources svg.inline{width:64px}
table.sources td:first-child{width:26%}table.sources td:last-child{width:30%}table.states svg.inline{width:70px}
table.states td:nth-child(2){width:76px}table.states td:nth-child(3){width:44px}table.states td:nth-child(4){width:60px}
table.reports td:nth-child(2){min-width:0}
th,td{padding:3px 6px 3px 0}.id{font-size:6.5pt;word-break:break-all}td.date{white-space:normal}
figure,tr,.advice,.judgements li,.chain li{break-inside:avoid}thead{display:table-header-group}
.grid3{gap:4px 14px}nav{break-inside:avoid}a{color:inherit}a.n{border:0}}
)css";

/// The mark repeated in the margin of every printed page; only the marks of TLP 2.0 are let
/// through.
std::string margin_marks(const std::string& handling) {
  static constexpr std::array<const char*, 5> known = {"TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER",
                                                       "TLP:GREEN", "TLP:CLEAR"};
  std::string mark;
  for (const char* k : known) {
    if (handling == k) mark = k;
  }
  const std::string style = ";font:600 8pt system-ui,sans-serif;color:#1b1f24";
  std::string css = "@page{size:A4;margin:15mm 13mm 15mm 13mm";
  if (!mark.empty()) {
    css += ";@top-center{content:\"" + mark + "\"" + style + "}@bottom-center{content:\"" + mark +
           "\"" + style + "}";
  }
  return css + "@bottom-right{content:counter(page)" + style + "}}\n";
}

}  // namespace

std::string style_sheet(const std::string& handling) {
  return std::string(screen) + tables + pictures + print + margin_marks(handling);
}

}  // namespace casus::brief
