// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/server/handlers.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "casus/base/file.h"
#include "casus/server/access.h"
#include "casus/server/views.h"
#include "casus/server/views_json.h"

namespace casus::embedded {
extern const unsigned char openapi[];
extern const std::size_t openapi_size;
}  // namespace casus::embedded

namespace casus::server {
namespace {

constexpr std::size_t most_futures = 100000;
constexpr int most_entries = 500;

using Now = std::shared_ptr<const Snapshot>;

Now readable(Room& room, const Names& names) {
  auto now = room.at(names.at("case"));
  if (!now->given) throw Refusal(409, "the case cannot be read; its problems stand in /api/cases");
  return now;
}

Now believed(Room& room, const Names& names) {
  auto now = readable(room, names);
  if (!now->belief) throw Refusal(409, "not assessed yet; ask for the job 'assess'");
  return now;
}

Now played(Room& room, const Names& names) {
  auto now = believed(room, names);
  if (!now->futures) throw Refusal(409, "not played yet; ask for the job 'play'");
  return now;
}

Response of(const View& view) {
  Response out;
  out.body = view.body;
  out.packed = view.packed;
  out.etag = view.etag;
  return out;
}

Response of(std::string text, int status = 200) {
  Response out;
  out.status = status;
  out.body = std::make_shared<const std::string>(std::move(text));
  return out;
}

long long number_in(const std::string& text) {
  long long out = 0;
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, out);
  if (read.ec != std::errc() || read.ptr != end || out < 0) throw Refusal(404, "no such number");
  return out;
}

std::optional<long long> asked_number(const Request& request, const char* key) {
  const auto at = request.query.find(key);
  if (at == request.query.end()) return std::nullopt;
  try {
    return number_in(at->second);
  } catch (const Refusal&) {
    throw Refusal(400, fmt::format("'{}' is a whole number", key));
  }
}

Json body_of(const Request& request) {
  Json in = request.body.empty() ? Json::object() : Json::parse(request.body, nullptr, false);
  if (!in.is_object()) throw Refusal(400, "the body is no JSON object");
  return in;
}

Response of(const Changed& changed) {
  return of(fmt::format("{{\"id\":{},\"shift\":{}}}", changed.id, changed.shift));
}

}  // namespace

std::string text_in(const std::string& body, const char* key) {
  const Json in = Json::parse(body, nullptr, false);
  if (!in.is_object() || !in.contains(key) || !in.at(key).is_string()) {
    throw Refusal(400, fmt::format("the body is a JSON object with '{}', a string", key));
  }
  return in.at(key).get<std::string>();
}

std::string session_json(const User& user, bool open) {
  return written(
      {{"name", user.name}, {"role", name_of(user.role)}, {"open", open}, {"version", version()}});
}

Response health(Room&, const Request&, const Names&) {
  return of(written({{"ok", true}, {"version", version()}}));
}

Response openapi(Room&, const Request&, const Names&) {
  static const View view =
      view_of(std::string(embedded::openapi, embedded::openapi + embedded::openapi_size));
  return of(view);
}

Response events(Room& room, const Request& request, const Names&) {
  constexpr std::size_t most_listeners = 500;
  if (room.hub().listeners() >= most_listeners) throw Refusal(503, "too many pages listen");
  (void)request;
  Response out;
  out.type = "text/event-stream";
  out.stream = true;
  return out;
}

Response cases(Room& room, const Request&, const Names&) {
  return of(view_of(cases_json(room.all())));
}

Response one_case(Room& room, const Request&, const Names& names) {
  const auto now = readable(room, names);
  return of(now->view("case", [&] { return case_json(*now); }));
}

Response reports(Room& room, const Request&, const Names& names) {
  const auto now = readable(room, names);
  return of(now->view("reports", [&] { return reports_json(*now); }));
}

Response belief(Room& room, const Request&, const Names& names) {
  const auto now = believed(room, names);
  return of(now->view("belief", [&] { return belief_json(*now); }));
}

Response hypothesis(Room& room, const Request&, const Names& names) {
  const auto now = believed(room, names);
  const std::string& id = names.at("hypothesis");
  return of(now->view("hypothesis/" + id, [&] { return hypothesis_json(*now, id); }));
}

Response picture(Room& room, const Request&, const Names& names) {
  const auto now = believed(room, names);
  return of(now->view("picture", [&] { return picture_json(*now); }));
}

Response futures(Room& room, const Request&, const Names& names) {
  const auto now = played(room, names);
  return of(now->view("futures", [&] { return futures_json(*now); }));
}

Response series(Room& room, const Request&, const Names& names) {
  const auto now = played(room, names);
  const std::string& option = names.at("option");
  const std::string& variable = names.at("variable");
  return of(now->view(fmt::format("series/{}/{}", option, variable),
                      [&] { return series_json(*now, option, variable); }));
}

Response story(Room& room, const Request&, const Names& names) {
  const auto now = played(room, names);
  const auto future = static_cast<std::size_t>(number_in(names.at("future")));
  // Not by `view`: it takes a while, and others would wait for it.
  return of(view_of(story_json(*now, names.at("option"), future, room.options().seed)));
}

Response comparison(Room& room, const Request&, const Names& names) {
  const auto now = readable(room, names);
  if (!now->comparison) throw Refusal(409, "not weighed yet; ask for the job 'weigh'");
  return of(now->view("comparison", [&] { return comparison_json(*now); }));
}

Response studies(Room& room, const Request&, const Names& names) {
  const auto now = readable(room, names);
  if (!now->studies) throw Refusal(409, "not studied yet; ask for the job 'study'");
  return of(now->view("studies", [&] { return studies_json(*now); }));
}

Response model(Room& room, const Request&, const Names& names) {
  const auto now = readable(room, names);
  return of(now->view("model", [&] { return model_json(*now); }));
}

Response brief_page(Room& room, const Request& request, const Names& names) {
  const auto now = readable(room, names);
  if (!now->brief) throw Refusal(409, "no brief yet; ask for the job 'brief'");
  Response out = of(now->view("brief", [&] { return *now->brief; }));
  out.type = "text/html; charset=utf-8";
  // The brief carries its style and pictures in itself, and runs nothing.
  out.headers.emplace_back("Content-Security-Policy",
                           "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
                           "frame-ancestors 'self'; base-uri 'none'; form-action 'none'");
  out.headers.emplace_back("X-Frame-Options", "SAMEORIGIN");
  if (request.query.count("download") != 0) {
    out.headers.emplace_back("Content-Disposition", "attachment; filename=\"brief.html\"");
  }
  return out;
}

Response brief_data(Room& room, const Request&, const Names& names) {
  const auto now = readable(room, names);
  if (!now->brief) throw Refusal(409, "no brief yet; ask for the job 'brief'");
  const bool still = now->whole && now->comparison && !now->comparison_old && !now->brief_old;
  if (!now->brief_data && !still) {
    throw Refusal(409, "what that brief was made of is not kept; ask for the job 'brief'");
  }
  Response out = of(now->view(
      "brief-data", [&] { return now->brief_data ? *now->brief_data : brief_data_json(*now); }));
  out.headers.emplace_back("Content-Disposition", "attachment; filename=\"brief.json\"");
  return out;
}

Response changes(Room& room, const Request&, const Names& names) {
  (void)room.at(names.at("case"));
  return of(changes_json(room.store().changes(names.at("case"))));
}

Response change(Room& room, const Request& request, const Names& names) {
  return of(room.change(names.at("case"), request.user, change_from_json(request.body)));
}

Response what_if(Room& room, const Request& request, const Names& names) {
  return of(room.what_if(names.at("case"), changes_from_json(request.body)));
}

Response undo(Room& room, const Request& request, const Names& names) {
  const Json in = body_of(request);
  std::optional<long long> id;
  if (in.contains("id")) {
    if (!in.at("id").is_number_integer()) throw Refusal(400, "'id' is the number of a change");
    id = in.at("id").get<long long>();
  }
  return of(room.undo(names.at("case"), request.user, id));
}

Response judged(Room& room, const Request&, const Names& names) {
  (void)room.at(names.at("case"));
  return of(judged_json(room.store().judged(names.at("case"))));
}

Response judged_once(Room& room, const Request&, const Names& names) {
  (void)room.at(names.at("case"));
  const auto found = room.store().judged(names.at("case"), number_in(names.at("judged")));
  if (!found) throw Refusal(404, "no such judgement is kept");
  return of(view_of(fmt::format("{{\"id\":{},\"at\":\"{}\",\"why\":\"{}\",\"judged\":{}}}",
                                found->id, found->at, found->why, found->body)));
}

Response branches(Room& room, const Request&, const Names& names) {
  (void)room.at(names.at("case"));
  return of(branches_json(room.store(), names.at("case")));
}

Response make_branch(Room& room, const Request& request, const Names& names) {
  return of(branch_json(room.branch(names.at("case"), request.user, text_in(request.body, "name"))),
            201);
}

Response rename_branch(Room& room, const Request& request, const Names& names) {
  return of(branch_json(room.rename(names.at("case"), number_in(names.at("branch")), request.user,
                                    text_in(request.body, "name"))));
}

Response drop_branch(Room& room, const Request& request, const Names& names) {
  const auto at = number_in(names.at("branch"));
  room.drop(names.at("case"), at, request.user);
  return of(written({{"dropped", at}}));
}

Response jobs(Room& room, const Request&, const Names&) {
  return of(jobs_json(room.jobs().list("")));
}

Response job(Room& room, const Request&, const Names& names) {
  const auto found = room.jobs().find(number_in(names.at("job")));
  if (!found) throw Refusal(404, "no such job");
  return of(to_json(*found));
}

Response ask_job(Room& room, const Request& request, const Names& names) {
  (void)readable(room, names);
  const Json in = body_of(request);
  Job job;
  job.where = names.at("case");
  job.who = request.user.name;
  const auto stage = stage_named(text_in(request.body, "stage"));
  if (!stage) throw Refusal(400, "the stages are assess, play, weigh, study and brief");
  job.stage = *stage;
  if (in.contains("futures")) {
    const Json& n = in.at("futures");
    if (!n.is_number_unsigned() || n.get<std::uint64_t>() < 16 ||
        n.get<std::uint64_t>() > most_futures) {
      throw Refusal(400, fmt::format("futures are 16 to {}", most_futures));
    }
    job.futures = n.get<std::size_t>();
  }
  const Job asked = room.jobs().ask(job);
  room.store().note(job.where, request.user, "job", to_json(asked));
  return of(to_json(asked), 202);
}

Response cancel_job(Room& room, const Request& request, const Names& names) {
  const auto found = room.jobs().cancel(number_in(names.at("job")));
  if (!found) throw Refusal(404, "no such job");
  room.store().note(found->where, request.user, "cancel", std::to_string(found->id));
  return of(to_json(*found), 202);
}

Response audit_log(Room& room, const Request& request, const Names&) {
  const auto at = request.query.find("case");
  const auto most = asked_number(request, "most").value_or(most_entries);
  if (most < 1 || most > most_entries) {
    throw Refusal(400, fmt::format("'most' is 1 to {}", most_entries));
  }
  auto log = room.store().log(at == request.query.end() ? "" : at->second,
                              static_cast<int>(most) + 1, asked_number(request, "before"));
  const bool more = log.size() > static_cast<std::size_t>(most);
  if (more) log.pop_back();
  return of(log_json(log, more));
}

}  // namespace casus::server
