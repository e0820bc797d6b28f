// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/brief/brief.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "casus/analysis/made_up_test.h"
#include "casus/analysis/studies.h"
#include "casus/brief/words.h"

namespace casus::brief {
namespace brief_test {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

struct Composed {
  made_up::Crisis crisis;
  analysis::Comparison comparison;
  std::vector<Story> stories;
  [[nodiscard]] std::string page() const {
    return compose(crisis.given, crisis.belief, crisis.futures, comparison, stories);
  }
  [[nodiscard]] std::string screen() const {
    return summary(crisis.given, crisis.belief, crisis.futures, comparison);
  }
};

Composed composed(made_up::Crisis crisis) {
  Composed c;
  c.crisis = std::move(crisis);
  c.comparison = analysis::weigh(c.crisis.given, c.crisis.belief, c.crisis.futures);
  Story story;
  story.title = "most likely";
  story.option = "go_on";
  story.future = c.comparison.options[0].most_likely;
  ensemble::ToldEvent attack{0, Date(2024, 10, 28), "act", "Russia attacks", "offensive", 1.0F};
  attack.reasons.push_back({"territory", "it hopes to gain ground"});
  story.events.push_back(attack);
  attack.week = 3;
  attack.monday = Date(2024, 11, 18);
  attack.because.push_back(0);
  story.events.push_back(attack);
  c.stories.push_back(story);
  return c;
}

Composed composed() { return composed(made_up::crisis(300)); }

/// All values of an attribute.
std::vector<std::string> values_of(const std::string& page, const std::string& attribute) {
  std::vector<std::string> all;
  const std::string begin = " " + attribute + "=\"";
  for (auto at = page.find(begin); at != std::string::npos; at = page.find(begin, at + 1)) {
    const auto from = at + begin.size();
    all.push_back(page.substr(from, page.find('"', from) - from));
  }
  return all;
}

/// The text of a page without its tags.
std::string plain(const std::string& html) {
  std::string text;
  bool in_tag = false;
  for (const char c : html) {
    if (c == '<') in_tag = true;
    if (!in_tag) text += c;
    if (c == '>') {
      in_tag = false;
      text += ' ';
    }
  }
  return text;
}

std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const auto a = text.find(from);
  return text.substr(a, text.find(to, a) - a);
}

TEST(Brief, EveryLinkLeadsToAnAnchorOfThePage) {
  const std::string page = composed().page();
  std::set<std::string> ids;
  for (const std::string& id : values_of(page, "id")) {
    EXPECT_TRUE(ids.insert(id).second) << id << " stands twice";
  }
  std::size_t links = 0;
  for (const std::string& href : values_of(page, "href")) {
    ASSERT_EQ(href[0], '#') << href;
    EXPECT_EQ(ids.count(href.substr(1)), 1U) << href;
    ++links;
  }
  EXPECT_GT(links, 80U);
}

TEST(Brief, EveryReportHypothesisSourceAndOptionHasItsAnchor) {
  const Composed c = composed();
  const std::string page = c.page();
  for (const auto& r : c.crisis.given.reports)
    EXPECT_THAT(page, HasSubstr("id=\"r-" + r.id + "\""));
  for (const auto& h : c.crisis.given.hypotheses)
    EXPECT_THAT(page, HasSubstr("id=\"h-" + h.id + "\""));
  for (const auto& s : c.crisis.given.sources)
    EXPECT_THAT(page, HasSubstr("id=\"s-" + s.id + "\""));
  for (const auto& o : c.crisis.given.options)
    EXPECT_THAT(page, HasSubstr("id=\"o-" + o.id + "\""));
}

TEST(Brief, LikelihoodAndConfidenceNeverShareASentence) {
  const std::string judgements =
      plain(between(composed().page(), "<ol class=\"judgements\">", "</ol>"));
  const char* likelihood[] = {"almost no chance",   "ery unlikely", "nlikely",
                              "oughly even chance", "ikely",        "ery likely",
                              "lmost certain"};
  std::size_t said = 0;
  for (std::size_t at = 0; at < judgements.size();) {
    const auto end = std::min(judgements.find_first_of(".?!", at), judgements.size());
    const std::string sentence = judgements.substr(at, end - at);
    bool likely = false;
    for (const char* word : likelihood) likely = likely || sentence.find(word) != std::string::npos;
    const bool confident = sentence.find("onfidence") != std::string::npos;
    EXPECT_FALSE(likely && confident) << sentence;
    said += likely || confident ? 1 : 0;
    at = end + 1;
  }
  EXPECT_GE(said, 4U);
}

TEST(Brief, NothingACaseSaysBecomesMarkup) {
  made_up::Crisis crisis = made_up::crisis(100);
  const std::string hostile = "\"><script>alert('x')</script><img src=x onerror=\"y\">&amp;";
  crisis.given.title = hostile;
  crisis.given.question = hostile;
  crisis.given.handling = "TLP:RED\"}body{background:url(http://x)}" + hostile;
  for (auto& r : crisis.given.reports) r.claim = r.via = r.handling = hostile;
  for (auto& h : crisis.given.hypotheses) {
    h.name = hostile;
    for (auto& s : h.states) s.name = hostile;
  }
  for (auto& s : crisis.given.sources) s.name = s.interests = hostile;
  for (auto& o : crisis.given.options) o.name = o.text = hostile;
  for (auto& p : crisis.given.places) p.name = hostile;
  for (auto& a : crisis.given.actors) a.name = hostile;
  for (auto& q : crisis.given.questions) q.name = q.unit = hostile;
  for (auto& t : crisis.belief.collection) t.task = hostile;
  for (auto& r : crisis.given.references) r.url = "javascript:alert(1)";
  for (auto& h : crisis.belief.hypotheses) h.confidence_reason = h.word = hostile;
  const std::string page = composed(std::move(crisis)).page();
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, Not(HasSubstr("javascript:")));
  EXPECT_THAT(between(page, "<style>", "</style>"), Not(HasSubstr("url(")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(&#39;x&#39;)"));
}

TEST(Brief, NeedsNoScriptAndNothingFromOutside) {
  const std::string page = composed().page();
  for (const char* outside :
       {"<script", "<link", "<iframe", "src=", "@import", "url(", "http://", "https://"}) {
    EXPECT_THAT(page, Not(HasSubstr(outside)));
  }
  EXPECT_LT(page.size(), 1'500'000U);
}

TEST(Brief, SaysTheHandlingMarkFirstAndLast) {
  const std::string page = composed().page();
  const std::string mark = "<p class=\"mark-line\">TLP:CLEAR</p>";
  EXPECT_LT(page.find(mark), page.find("<h1>"));
  EXPECT_GT(page.rfind(mark), page.find("</main>"));
  EXPECT_THAT(page, HasSubstr("@top-center{content:\"TLP:CLEAR\""));
}

TEST(Brief, GivesTheSameBytesAgain) {
  const Composed c = composed();
  EXPECT_EQ(c.page(), c.page());
}

TEST(Brief, DescribesEveryPictureInWords) {
  const std::string page = composed().page();
  std::size_t pictures = 0;
  for (auto at = page.find("<svg"); at != std::string::npos; at = page.find("<svg", at + 1)) {
    const std::string head = page.substr(at, page.find("</desc>", at) - at);
    EXPECT_THAT(head, HasSubstr("role=\"img\""));
    EXPECT_THAT(head, HasSubstr("<title>"));
    EXPECT_THAT(head, Not(HasSubstr("<title></title>")));
    EXPECT_THAT(head, Not(HasSubstr("<desc></desc>")));
    ++pictures;
  }
  EXPECT_GT(pictures, 10U);
}

TEST(Brief, OpensItsTagsAndClosesThem) {
  const std::string page = composed().page();
  std::vector<std::string> open;
  for (auto at = page.find('<'); at != std::string::npos; at = page.find('<', at + 1)) {
    const auto end = page.find('>', at);
    std::string tag = page.substr(at + 1, end - at - 1);
    if (tag[0] == '!') continue;
    const std::string name = tag.substr(0, tag.find(' '));
    if (name[0] == '/') {
      ASSERT_FALSE(open.empty());
      ASSERT_EQ(open.back(), name.substr(1));
      open.pop_back();
    } else if (name != "meta" && name != "br") {
      open.push_back(name);
    }
  }
  EXPECT_TRUE(open.empty());
}

TEST(Brief, SaysUndecidedFirstWhereTheOrderTurns) {
  made_up::Crisis crisis = made_up::crisis(300);
  made_up::set_outcome(crisis.futures, 1, "war_weeks",
                       [](std::size_t i) { return 40.0 + 0.01 * static_cast<double>(i); });
  made_up::set_outcome(crisis.futures, 1, "killed_side_1",
                       [](std::size_t i) { return 58000.0 + static_cast<double>(i); });
  const Composed c = composed(std::move(crisis));
  ASSERT_TRUE(c.comparison.undecided);
  const std::string page = c.page();
  EXPECT_LT(page.find("What to do: undecided"), page.find("<ol class=\"judgements\">"));
  EXPECT_THAT(page, HasSubstr("The order of the options is undecided"));
  EXPECT_THAT(c.screen(), HasSubstr("undecided"));
}

TEST(Brief, TellsARecurringEventOnce) {
  const std::string page = composed().page();
  EXPECT_THAT(page, HasSubstr("Once more in the week of 18 November 2024."));
}

TEST(Summary, FitsOneScreen) {
  made_up::Crisis crisis = made_up::crisis(100);
  for (auto& h : crisis.given.hypotheses)
    h.name += " And a very long question that goes on and on, \xC3\xA9t\xC3\xA9?\n\x1b[31m";
  const std::string text = composed(std::move(crisis)).screen();
  std::size_t lines = 0;
  std::size_t width = 0;
  for (const char c : text) {
    EXPECT_NE(c, '\x1b');
    if (c == '\n') {
      EXPECT_LE(width, 80U);
      ++lines;
      width = 0;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
      ++width;
    }
  }
  EXPECT_LE(lines, 40U);
  EXPECT_GT(lines, 6U);
}

TEST(Words, NumbersAreRoundedToWhatAReaderShouldBelieve) {
  EXPECT_EQ(percent(0.004), "<\u00a01\u00a0%");
  EXPECT_EQ(percent(0.996), ">\u00a099\u00a0%");
  EXPECT_EQ(percent(0.3749), "37\u00a0%");
  EXPECT_EQ(percent_range(0.204, 0.45), "20\u201345\u00a0%");
  EXPECT_EQ(rounded(6249.0), "6,200");
  EXPECT_EQ(rounded(1234567.0), "1,200,000");
  EXPECT_EQ(rounded(0.0314), "0.031");
  EXPECT_EQ(rounded(-6.24), "\u22126.2");
  EXPECT_EQ(rounded(0.0), "0");
  EXPECT_EQ(count_of(12345.0), "12,345");
  EXPECT_EQ(signed_number(0.314), "+0.31");
  EXPECT_EQ(in_unit(5.04e10, "USD"), "50\u00a0bn\u00a0USD");
  EXPECT_EQ(band(0.03), "1\u20135\u00a0%");
  EXPECT_EQ(cut("one two three", 8), "one two\u2026");
}

analysis::Studies studies() {
  analysis::Studies all;
  analysis::GameStudy game;
  game.id = "arms";
  game.name = "Arms <and> answers";
  game.players = {"us", "ru"};
  game.payoffs = {{1.0, 0.5, 1.5}, {0.0, 0.0, 0.0}};
  analysis::GameDecision d;
  d.move = "arms";
  d.reached = 1.0;
  d.choices = {{"send", {0.8, 0.4, 1.0}, 0.8, game.payoffs},
               {"hold", {0.2, 0.0, 0.6}, 0.2, game.payoffs}};
  game.decisions = {d};
  game.lines = {{{"send"}, 0.8}};
  all.games = {game};
  ensemble::Bargains b;
  b.weeks = {0, 26};
  b.parties = {"ru", "ua", "us"};
  b.packages.resize(2);
  b.packages[1].line = casefile::Line::chip_swap;
  b.futures = 4;
  b.surplus.assign(2 * 3 * 2 * 4, 0.1F);
  b.renewed.assign(2 * 2 * 4, 0.3F);
  b.war.assign(2 * 2 * 4, 0.5F);
  b.fighting.assign(2 * 4, 1.0F);
  all.settlement = {analysis::settle(made_up::crisis(10).given, b, "go_on")};
  return all;
}

TEST(Brief, GamesAndSettlementAreToldWhereTheyWereStudied) {
  const Composed c = composed();
  EXPECT_THAT(c.page(), Not(HasSubstr("How it could end")));
  const analysis::Studies all = studies();
  const std::string page =
      compose(c.crisis.given, c.crisis.belief, c.crisis.futures, c.comparison, c.stories, &all);
  EXPECT_THAT(page, HasSubstr("How it could end"));
  EXPECT_THAT(page, HasSubstr("Arms &lt;and&gt; answers"));
  EXPECT_THAT(page, HasSubstr("The settlement space"));
  EXPECT_THAT(page, HasSubstr("Who stands in the way"));
  EXPECT_THAT(page, HasSubstr(percent(0.3)));  // war again
  EXPECT_THAT(page, Not(ContainsRegex("[^A-Za-z]nan[^A-Za-z]")));
}

}  // namespace brief_test
}  // namespace casus::brief
