// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/server/routes.h"

#include <fmt/format.h>

#include <algorithm>

#include "casus/server/handlers.h"
#include "casus/server/views.h"

namespace casus::server {
namespace {

struct Bound {
  Route route;
  Handler handler;  ///< null: `Door` answers itself
};

constexpr Bound table[] = {
    {{"GET", "/api/health", Role::none, true}, health},
    {{"GET", "/api/openapi.json", Role::none, true}, openapi},
    {{"GET", "/api/session", Role::none, true}, nullptr},
    {{"POST", "/api/session", Role::none, true}, nullptr},
    {{"DELETE", "/api/session", Role::none, true}, nullptr},
    {{"GET", "/api/events", Role::reader, true}, events},
    {{"GET", "/api/cases", Role::reader, true}, cases},
    {{"GET", "/api/cases/{case}", Role::reader, true}, one_case},
    {{"GET", "/api/cases/{case}/reports", Role::reader, true}, reports},
    {{"GET", "/api/cases/{case}/belief", Role::reader, true}, belief},
    {{"GET", "/api/cases/{case}/hypotheses/{hypothesis}", Role::reader, true}, hypothesis},
    {{"GET", "/api/cases/{case}/picture", Role::reader, true}, picture},
    {{"GET", "/api/cases/{case}/futures", Role::reader, true}, futures},
    {{"GET", "/api/cases/{case}/futures/{option}/series/{variable}", Role::reader, true}, series},
    {{"GET", "/api/cases/{case}/futures/{option}/stories/{future}", Role::reader, false}, story},
    {{"GET", "/api/cases/{case}/comparison", Role::reader, true}, comparison},
    {{"GET", "/api/cases/{case}/studies", Role::reader, true}, studies},
    {{"GET", "/api/cases/{case}/model", Role::reader, true}, model},
    {{"GET", "/api/cases/{case}/brief", Role::reader, true}, brief_page},
    {{"GET", "/api/cases/{case}/brief/data", Role::reader, true}, brief_data},
    {{"GET", "/api/cases/{case}/changes", Role::reader, true}, changes},
    {{"POST", "/api/cases/{case}/changes", Role::analyst, false}, change},
    {{"POST", "/api/cases/{case}/what-if", Role::analyst, false}, what_if},
    {{"POST", "/api/cases/{case}/undo", Role::analyst, false}, undo},
    {{"GET", "/api/cases/{case}/judged", Role::reader, true}, judged},
    {{"GET", "/api/cases/{case}/judged/{judged}", Role::reader, true}, judged_once},
    {{"GET", "/api/cases/{case}/branches", Role::reader, true}, branches},
    {{"POST", "/api/cases/{case}/branches", Role::analyst, false}, make_branch},
    {{"PUT", "/api/cases/{case}/branches/{branch}", Role::analyst, false}, rename_branch},
    {{"DELETE", "/api/cases/{case}/branches/{branch}", Role::analyst, false}, drop_branch},
    {{"GET", "/api/jobs", Role::reader, true}, jobs},
    {{"POST", "/api/cases/{case}/jobs", Role::analyst, true}, ask_job},
    {{"GET", "/api/jobs/{job}", Role::reader, true}, job},
    {{"DELETE", "/api/jobs/{job}", Role::analyst, true}, cancel_job},
    {{"GET", "/api/log", Role::admin, true}, audit_log},
};

// Whether the path fits the pattern; what stands for its braces goes into `names`.
bool fits(std::string_view pattern, const std::vector<std::string>& path, Names& names) {
  names.clear();
  std::size_t i = 0;
  while (!pattern.empty()) {
    pattern.remove_prefix(1);  // the slash
    const auto end = std::min(pattern.find('/'), pattern.size());
    const auto step = pattern.substr(0, end);
    pattern.remove_prefix(end);
    if (i == path.size()) return false;
    if (step.front() == '{') {
      names[std::string(step.substr(1, step.size() - 2))] = path[i];
    } else if (step != path[i]) {
      return false;
    }
    ++i;
  }
  return i == path.size();
}

bool same_method(const Request& request, const Route& route) {
  return request.method == route.method ||
         (request.method == "HEAD" && std::string_view(route.method) == "GET");
}

const Bound* bound_to(const Request& request, Names& names, bool& other_method) {
  other_method = false;
  for (const Bound& b : table) {
    if (!fits(b.route.pattern, request.path, names)) continue;
    if (same_method(request, b.route)) return &b;
    other_method = true;
  }
  return nullptr;
}

Response refused(int status, const std::string& why, const std::vector<Problem>& problems = {}) {
  Response out;
  out.status = status;
  out.body = std::make_shared<const std::string>(error_json(why, problems));
  return out;
}

// The answer to what was thrown.
Response told() {
  try {
    throw;
  } catch (const Refusal& r) {
    return refused(r.status(), r.what());
  } catch (const CaseError& e) {
    return refused(422, "the case cannot be so", e.problems());
  } catch (const ModelError& e) {
    return refused(422, e.what());
  } catch (const IoError&) {
    return refused(500, "something could not be read or written; the room's terminal says what");
  } catch (const std::exception&) {
    return refused(500, "our bug; the room's terminal says what");
  }
}

bool local_host(std::string host) {
  if (!host.empty() && host.front() == '[') {
    host = host.substr(0, host.find(']') + 1);
  } else {
    host = host.substr(0, host.find(':'));
  }
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

bool same_site(const Request& request) {
  if (request.origin.empty()) return true;
  const auto at = request.origin.find("://");
  return at != std::string::npos && request.origin.substr(at + 3) == request.host;
}

// Whether a list of tags holds this one; those that a proxy weakened by packing count (RFC 9110).
bool known_already(const std::string& listed, const std::string& etag) {
  return listed == "*" || listed.find(etag) != std::string::npos;
}

}  // namespace

std::span<const Route> routes() {
  static const auto all = [] {
    std::vector<Route> out;
    for (const Bound& b : table) out.push_back(b.route);
    return out;
  }();
  return all;
}

Door::Door(Room& room, Access& access, const Assets& assets, bool secure)
    : room_(room), access_(access), assets_(assets), secure_(secure) {}

bool Door::quick(const Request& request) {
  Names names;
  bool other = false;
  const Bound* const b = bound_to(request, names, other);
  return b == nullptr || b->route.quick;
}

// Without tokens only pages of this very machine may ask, whatever name they gave it; and what
// changes anything comes as JSON from our own pages, or from no page.
void Door::guard(const Request& request) const {
  if (access_.open() && !local_host(request.host)) {
    throw Refusal(403, "this room is open to this machine only; ask for it as localhost");
  }
  if (request.method == "GET" || request.method == "HEAD") return;
  if (!same_site(request)) throw Refusal(403, "changes come from the room's own pages only");
  if (!request.body.empty() && request.content_type.rfind("application/json", 0) != 0) {
    throw Refusal(415, "send application/json");
  }
}

Response Door::session(const Request& request) const {
  Response out;
  if (request.method == "POST") {
    const std::string secret = text_in(request.body, "token");
    std::string cookie;
    try {
      cookie = access_.enter(secret, request.address);
    } catch (const Refusal& r) {
      if (r.status() == 401) room_.store().note("", User{}, "wrong token", request.address);
      throw;
    }
    out.headers.emplace_back(
        "Set-Cookie", fmt::format("casus_session={}; Path=/; HttpOnly; SameSite=Strict{}", cookie,
                                  secure_ ? "; Secure" : ""));
    Request entered;
    entered.cookie = "casus_session=" + cookie;
    const auto user = access_.user_of(entered);
    room_.store().note("", *user, "enter", "");
    out.body = std::make_shared<const std::string>(session_json(*user, access_.open()));
    return out;
  }
  if (request.method == "DELETE") {
    const auto who = access_.user_of(request);
    if (who && !access_.open()) room_.store().note("", *who, "leave", "");
    access_.leave(request);
  }
  const auto user = request.method == "DELETE" && !access_.open() ? std::optional<User>()
                                                                  : access_.user_of(request);
  out.body =
      std::make_shared<const std::string>(session_json(user.value_or(User{}), access_.open()));
  return out;
}

Response Door::api(Request& request) const {
  Names names;
  bool other_method = false;
  const Bound* const b = bound_to(request, names, other_method);
  if (b == nullptr) {
    throw Refusal(other_method ? 405 : 404,
                  other_method ? "not by this method" : "nothing is at this address");
  }
  if (b->route.least != Role::none) {
    const auto user = access_.user_of(request);
    if (!user) {
      if (!request.authorization.empty()) {
        room_.store().note("", User{}, "wrong token", request.address);
      }
      throw Refusal(401, "give a token first");
    }
    if (user->role < b->route.least) {
      throw Refusal(403, fmt::format("this takes the role {}", name_of(b->route.least)));
    }
    request.user = *user;
  }
  return b->handler == nullptr ? session(request) : b->handler(room_, request, names);
}

Response Door::page(const Request& request) const {
  if (request.method != "GET" && request.method != "HEAD") throw Refusal(405, "pages are read");
  std::string path;
  for (const auto& step : request.path) path += (path.empty() ? "" : "/") + step;
  const Assets::Asset* const asset = assets_.find(path);
  if (asset == nullptr) throw Refusal(404, "nothing is at this address");
  Response out;
  out.type = asset->type;
  out.body = asset->view.body;
  out.packed = asset->view.packed;
  out.etag = asset->view.etag;
  if (asset->lasting) {
    out.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
  }
  return out;
}

Response Door::answer(Request& request) const {
  try {
    if (!read_target(request)) throw Refusal(400, "that address cannot be read");
    guard(request);
    Response out =
        !request.path.empty() && request.path.front() == "api" ? api(request) : page(request);
    if (!out.etag.empty() && known_already(request.if_none_match, out.etag)) {
      out.status = 304;
      out.body = out.packed = nullptr;
    }
    return out;
  } catch (const Refusal&) {
    return told();
  } catch (const CaseError&) {
    return told();
  } catch (const std::exception& error) {
    fmt::print(stderr, "casus: {} {}: {}\n", request.method, request.target, error.what());
    return told();
  }
}

}  // namespace casus::server
