// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <arpa/inet.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/random/draws.h"
#include "casus/server/serve.h"
#include "casus/server/test_room.h"

namespace casus::server {
namespace {

using nlohmann::json;
using testing::HasSubstr;

// The pattern with every brace filled in.
std::string filled(std::string pattern) {
  for (auto at = pattern.find('{'); at != std::string::npos; at = pattern.find('{')) {
    const auto end = pattern.find('}', at);
    const bool of_case = pattern.substr(at, end - at) == "{case";
    pattern.replace(at, end - at + 1, of_case ? "mine" : "1");
  }
  return pattern;
}

TEST(Door, EveryRouteIsDescribedAndNothingElse) {
  const json doc = json::parse(read_file(CASUS_SOURCE_DIR "/schema/openapi.json"));
  std::size_t described = 0;
  for (const auto& [path, methods] : doc["paths"].items()) described += methods.size();
  EXPECT_EQ(described, routes().size());
  for (const Route& r : routes()) {
    std::string method = r.method;
    for (char& c : method) c = static_cast<char>(std::tolower(c));
    ASSERT_TRUE(doc["paths"].contains(r.pattern)) << r.pattern;
    ASSERT_TRUE(doc["paths"][r.pattern].contains(method)) << r.method << " " << r.pattern;
    EXPECT_THAT(doc["paths"][r.pattern][method]["description"].get<std::string>(),
                HasSubstr(std::string(name_of(r.least))));
  }
}

TEST(Door, EveryRouteAsksForItsRole) {
  TestRoom t(three_tokens);
  for (const Route& r : routes()) {
    if (r.least == Role::none) continue;
    EXPECT_EQ(t.ask(r.method, filled(r.pattern)).status, 401) << r.pattern;
    EXPECT_THAT(t.ask(r.method, filled(r.pattern), "", "wrong-secret-00001").status,
                testing::AnyOf(401, 429));
    for (const Token& token : three_tokens) {
      const int status = t.ask(r.method, filled(r.pattern), "", token.secret).status;
      EXPECT_EQ(status == 403, token.role < r.least) << token.name << " " << r.pattern << status;
      EXPECT_NE(status, 401);
    }
  }
}

TEST(Door, ATokenBecomesASessionAndASessionEnds) {
  TestRoom t(three_tokens);
  EXPECT_EQ(t.ask("POST", "/api/session", R"({"token":"wrong"})").status, 401);
  const Response in = t.ask("POST", "/api/session", R"({"token":"analyst-secret-001"})");
  ASSERT_EQ(in.status, 200);
  const std::string cookie = in.headers.at(0).second;
  EXPECT_THAT(cookie, HasSubstr("HttpOnly; SameSite=Strict"));
  Request with;
  with.method = "GET";
  with.target = "/api/session";
  with.cookie = "other=1; " + cookie.substr(0, cookie.find(';'));
  Request first = with;
  EXPECT_THAT(*t.door.answer(first).body, HasSubstr("\"analyst\""));
  Request leave = with;
  leave.method = "DELETE";
  EXPECT_EQ(t.door.answer(leave).status, 200);
  Request after = with;
  EXPECT_THAT(*t.door.answer(after).body, HasSubstr("\"none\""));
  // Guessing is slowed down.
  int status = 0;
  for (int i = 0; i < 25; ++i) status = t.ask("POST", "/api/session", R"({"token":"x"})").status;
  EXPECT_EQ(status, 429);
}

TEST(Door, WrongTokensCountByAddressAndKeepNobodyElseOut) {
  TestRoom t(three_tokens);
  const auto by = [&](const std::string& secret, const std::string& address) {
    Request request;
    request.method = "GET";
    request.target = "/api/cases";
    request.authorization = "Bearer " + secret;
    request.address = address;
    return t.door.answer(request).status;
  };
  for (int i = 0; i < 20; ++i) EXPECT_EQ(by("wrong", "192.0.2.1"), 401);
  EXPECT_EQ(by("wrong", "192.0.2.1"), 429);
  EXPECT_EQ(by("wrong", "192.0.2.2"), 401);
  EXPECT_EQ(by("analyst-secret-001", "192.0.2.1"), 200);  // of the same address, or its proxy
  EXPECT_EQ(t.access.enter("analyst-secret-001", "192.0.2.1").size(), 64U);
  EXPECT_THROW((void)t.access.enter("x", "192.0.2.1"), Refusal);
  const auto log = t.room.store().log("", 100);
  ASSERT_EQ(log.size(), 21U);  // the rest is not logged: guessing does not fill the disk
  EXPECT_EQ(log.front().what, "wrong token");
  EXPECT_EQ(log.front().detail, "192.0.2.2");
  for (int i = 0; i < 1000; ++i) by("wrong", fmt::format("198.51.100.{}", i));
  EXPECT_EQ(t.room.store().log("", 2000).size(), 400U);
  EXPECT_EQ(by("analyst-secret-001", "192.0.2.1"), 200);
}

TEST(Door, AnyAuthorizationIsATryAndItsSchemeHasNoCase) {
  TestRoom t(three_tokens);
  const auto by = [&](const std::string& authorization) {
    Request request;
    request.method = "GET";
    request.target = "/api/cases";
    request.authorization = authorization;
    return t.door.answer(request).status;
  };
  EXPECT_EQ(by("bearer reader-secret-0001"), 200);
  EXPECT_EQ(by("BEARER reader-secret-0001"), 200);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(by(i % 2 == 0 ? "Basic cmVhZGVy" : "reader-secret-0001"), 401);
  }
  EXPECT_EQ(by("Basic cmVhZGVy"), 429);
  EXPECT_EQ(by("Bearer"), 429);
  EXPECT_EQ(t.room.store().log("", 100).size(), 20U);
}

TEST(Door, TheLogIsReadByAdminsAPageAtATime) {
  TestRoom t(three_tokens);
  for (int i = 1; i <= 25; ++i) {
    t.room.store().note(i % 2 == 0 ? "mine" : "other", {"anna", Role::analyst}, "job",
                        fmt::format("{}", i));
  }
  const auto page = [&](const std::string& query) {
    const Response r = t.ask("GET", "/api/log" + query, "", "admin-secret-00001");
    EXPECT_EQ(r.status, 200) << *r.body;
    return json::parse(*r.body);
  };
  EXPECT_EQ(page("")["log"].size(), 25U);
  std::string met;
  std::string before;
  for (bool more = true; more;) {
    const json p = page("?case=mine&most=5" + before);
    EXPECT_LE(p["log"].size(), 5U);
    for (const json& e : p["log"]) met += e["detail"].get<std::string>() + " ";
    before = fmt::format("&before={}", p["log"].back()["id"].get<long long>());
    more = p["more"];
  }
  EXPECT_EQ(met, "24 22 20 18 16 14 12 10 8 6 4 2 ");
  EXPECT_TRUE(page("?before=1")["log"].empty());
  for (const char* const query : {"?most=0", "?most=501", "?most=x", "?before=-1", "?before="}) {
    EXPECT_EQ(t.ask("GET", fmt::format("/api/log{}", query), "", "admin-secret-00001").status, 400);
  }
  EXPECT_EQ(t.ask("GET", "/api/log?most=5", "", "analyst-secret-001").status, 403);
}

TEST(Door, AnOpenRoomAnswersThisMachineAlone) {
  TestRoom t;
  Request request;
  request.method = "GET";
  request.target = "/api/cases";
  for (const char* const host : {"evil.example", "", "localhost.evil.example:8030", "10.0.0.1"}) {
    request.host = host;
    Request copy = request;
    EXPECT_EQ(t.door.answer(copy).status, 403) << host;
  }
  for (const char* const host : {"localhost", "localhost:8030", "127.0.0.1:1", "[::1]:8030"}) {
    request.host = host;
    Request copy = request;
    EXPECT_EQ(t.door.answer(copy).status, 200) << host;
  }
  request.method = "POST";
  request.target = "/api/cases/mine/undo";
  request.body = "{}";
  request.content_type = "text/plain";
  Request plain = request;
  EXPECT_EQ(t.door.answer(plain).status, 415);
  request.content_type = "application/json";
  request.origin = "https://evil.example";
  EXPECT_EQ(t.door.answer(request).status, 403);
}

TEST(Door, NoPathLeavesThePages) {
  Folder folder;
  write_file(folder.path / "web" / "index.html", "<!doctype html>home");
  write_file(folder.path / "web" / "assets" / "a.js", "1");
  write_file(folder.path / "web" / "secret.key", "s");  // no type we serve
  write_file(folder.path / "outside.txt", "outside");
  const Assets assets(folder.path / "web");
  TestRoom t;
  const Door door(t.room, t.access, assets, false);
  const auto status = [&](const std::string& target) {
    Request r;
    r.method = "GET";
    r.target = target;
    r.host = "localhost";
    return door.answer(r).status;
  };
  EXPECT_EQ(status("/"), 200);
  EXPECT_EQ(status("/assets/a.js"), 200);
  for (const char* const target :
       {"/../outside.txt", "/%2e%2e/outside.txt", "/assets/..%2f..%2foutside.txt", "/..",
        "//etc/passwd", "/assets/../../outside.txt", "/secret.key", "/a%00b", "/%", "/%2", "/%zz",
        "etc/passwd", "", "/..%5coutside.txt", "/api/cases/..%2f..%2fetc"}) {
    EXPECT_THAT(status(target), testing::AnyOf(400, 404)) << target;
  }
}

TEST(Door, AViewThatIsKnownIsNotSentAgain) {
  TestRoom t;
  const Response first = t.ask("GET", "/api/cases/mine/reports");
  ASSERT_FALSE(first.etag.empty());
  Request again;
  again.method = "GET";
  again.target = "/api/cases/mine/reports";
  again.host = "localhost";
  for (const std::string& tag :
       {first.etag, "W/" + first.etag, "\"other\", " + first.etag, std::string("*")}) {
    again.if_none_match = tag;
    Request copy = again;
    EXPECT_EQ(t.door.answer(copy).status, 304) << tag;
  }
  again.if_none_match = "\"other\"";
  EXPECT_EQ(t.door.answer(again).status, 200);
}

TEST(Server, ARoomThatOthersReachNeedsTokensAndTls) {
  Folder folder;
  ServeOptions options;
  options.room = TestRoom::options(folder.path);
  options.listen.address = "0.0.0.0";
  try {
    const Server server(options);
    FAIL();
  } catch (const CaseError& error) {
    EXPECT_EQ(error.problems().size(), 2U);
  }
  options.tokens = three_tokens;
  EXPECT_THROW(Server{options}, CaseError);
  options.listen.certificate = "x.pem";
  EXPECT_THROW(Server{options}, CaseError);
}

TEST(Tokens, EveryWrongLineIsTold) {
  Folder folder;
  write_file(folder.path / "t",
             "# who\nrita reader reader-secret-0001\nx king some-long-secret-1\n"
             "y admin short\n");
  try {
    (void)read_tokens(folder.path / "t");
    FAIL();
  } catch (const CaseError& error) {
    ASSERT_EQ(error.problems().size(), 2U);
    EXPECT_EQ(error.problems()[0].line, 3);
    EXPECT_EQ(error.problems()[1].line, 4);
  }
}

/// Sends bytes to a port of this machine and reads until the other side closes or falls silent.
std::string sent(std::uint16_t port, const std::string& bytes) {
  const int s = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval patience{0, 200000};
  setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  std::string got;
  if (connect(s, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0) {  // NOLINT
    (void)!::send(s, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    shutdown(s, SHUT_WR);
    char block[4096];
    for (ssize_t n = 0; (n = recv(s, block, sizeof block, 0)) > 0;) {
      got.append(block, static_cast<std::size_t>(n));
    }
  }
  close(s);
  return got;
}

TEST(Server, SpeaksWithItsHeadersOverALoopbackSocket) {
  Folder folder;
  ServeOptions options;
  options.room = TestRoom::options(folder.path);
  const Server server(options);
  const std::string got = sent(server.port(),
                               "GET /api/cases HTTP/1.1\r\nHost: localhost\r\n"
                               "Connection: close\r\n\r\n");
  EXPECT_EQ(got.rfind("HTTP/1.1 200 OK", 0), 0U) << got;
  for (const char* const header :
       {"Content-Security-Policy: default-src 'none'; script-src 'self'",
        "X-Content-Type-Options: nosniff", "X-Frame-Options: DENY", "Referrer-Policy: no-referrer",
        "Cross-Origin-Opener-Policy: same-origin", "Cache-Control: no-cache", "ETag: \""}) {
    EXPECT_THAT(got, HasSubstr(header));
  }
  const std::string head =
      sent(server.port(), "HEAD /api/cases HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_THAT(head, testing::EndsWith("\r\n\r\n"));
  EXPECT_THAT(sent(server.port(), "GET /api/cases HTTP/1.1\r\nHost: localhost\r\nX: " +
                                      std::string(20000, 'x') + "\r\n\r\n"),
              HasSubstr("431"));
  EXPECT_THAT(sent(server.port(),
                   "POST /api/cases/mine/changes HTTP/1.1\r\nHost: localhost\r\n"
                   "Content-Type: application/json\r\nContent-Length: 999999\r\n\r\n"),
              HasSubstr("413"));
}

TEST(Server, BehindAProxyTriesCountByTheLastAddressItNames) {
  Folder folder;
  ServeOptions options;
  options.room = TestRoom::options(folder.path);
  options.tokens = three_tokens;
  options.behind_proxy = true;
  const Server server(options);
  const auto by = [&](const std::string& forwarded) {
    return sent(server.port(),
                "GET /api/cases HTTP/1.1\r\nHost: room.example\r\nConnection: close\r\n"
                "Authorization: Bearer wrong-secret-00001\r\nX-Forwarded-For: " +
                    forwarded + "\r\n\r\n")
        .substr(9, 3);
  };
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(by(fmt::format("192.0.2.{}, 2001:db8:1:2::{:x}", i, i)), "401");
  }
  EXPECT_EQ(by("2001:db8:1:2:3:4:5:6"), "429");  // whoever has one of these has them all
  EXPECT_EQ(by("2001:db8:1:3::1"), "401");
  EXPECT_EQ(by("::ffff:192.0.2.7"), "401");
  const auto log = Store(folder.path / "state" / "room.sqlite").log("", 3);
  EXPECT_EQ(log.at(0).detail, "192.0.2.7");
  EXPECT_EQ(log.at(2).detail, "2001:db8:1:2::/64");
  EXPECT_THAT(by("no address"), testing::AnyOf("401", "429"));  // counts for the proxy itself
}

TEST(Server, ThousandsOfMalformedRequestsGetARefusalAndNeverACrash) {
  Folder folder;
  ServeOptions options;
  options.room = TestRoom::options(folder.path);
  const Server server(options);
  const std::vector<std::string> good = {
      "GET /api/cases HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
      "POST /api/cases/mine/changes HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
      "application/json\r\nContent-Length: "
      "35\r\n\r\n{\"kind\":\"strike\",\"target\":\"no-such-1\"}",
      "GET /api/cases/mine/futures/a/series/b?x=%41&y HTTP/1.1\r\nHost: [::1]:80\r\n\r\n"};
  const Draws draws(7);
  std::size_t answered = 0;
  constexpr std::uint32_t count = 3000;
  for (std::uint32_t i = 0; i < count; ++i) {
    std::string bytes = good[i % good.size()];
    for (std::uint32_t k = 0; k < 1 + i % 4; ++k) {
      const auto word = draws.words(Stream("damage"), i, 0, 0, k);
      const auto at = word[0] % bytes.size();
      if (word[1] % 3 == 0) bytes.erase(at, 1 + word[2] % 9);
      if (word[1] % 3 == 1) bytes.insert(at, 1 + word[2] % 3, static_cast<char>(word[3]));
      if (word[1] % 3 == 2) bytes[at] = static_cast<char>(word[3]);
    }
    const std::string got = sent(server.port(), bytes);
    if (got.empty()) continue;  // an unfinished request is closed without a word
    ++answered;
    const int status = std::stoi(got.substr(9, 3));
    EXPECT_TRUE(status == 200 || (status >= 400 && status < 500)) << status << ": " << bytes;
  }
  EXPECT_GT(answered, count / 2);
  EXPECT_THAT(sent(server.port(), good[0]), HasSubstr("200 OK"));
}

}  // namespace
}  // namespace casus::server
