// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/server/access.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>

#include "casus/base/error.h"
#include "casus/base/file.h"

namespace casus::server {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t shortest_secret = 16, most_sessions = 10000;
constexpr std::ptrdiff_t most_failures = 20, most_failures_of_all = 400;
constexpr auto session_lasts = 12h;
constexpr auto failures_count_for = 60s;
constexpr std::array<std::string_view, 4> role_names = {"none", "reader", "analyst", "admin"};

std::string hash_of(const std::string& text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  CASUS_CHECK(EVP_Digest(text.data(), text.size(), bytes.data(), &size, EVP_sha256(), nullptr) ==
              1);
  return {bytes.begin(), bytes.begin() + size};
}

std::string fresh_secret() {
  std::array<unsigned char, 32> bytes{};
  CASUS_CHECK(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1);
  std::string out;
  for (const unsigned char b : bytes) out += fmt::format("{:02x}", b);
  return out;
}

// The secret of `Bearer SECRET`, the scheme in any case (RFC 9110); else nothing.
std::string bearer_of(const std::string& authorization) {
  constexpr std::string_view scheme = "bearer ";
  const bool is =
      authorization.size() > scheme.size() &&
      std::equal(scheme.begin(), scheme.end(), authorization.begin(),
                 [](char a, char b) { return a == std::tolower(static_cast<unsigned char>(b)); });
  return is ? authorization.substr(scheme.size()) : "";
}

std::string cookie_of(const Request& request) {
  constexpr std::string_view name = "casus_session=";
  const auto at = request.cookie.find(name);
  if (at == std::string::npos) return "";
  const auto from = at + name.size();
  return request.cookie.substr(from, request.cookie.find(';', from) - from);
}

}  // namespace

std::optional<Role> role_named(std::string_view name) {
  const auto* const at = std::find(role_names.begin() + 1, role_names.end(), name);
  if (at == role_names.end()) return std::nullopt;
  return static_cast<Role>(at - role_names.begin());
}

std::string_view name_of(Role role) { return role_names.at(static_cast<std::size_t>(role)); }

std::vector<Token> read_tokens(const std::filesystem::path& file) {
  std::istringstream text(read_file(file, 1 << 20));
  std::vector<Token> out;
  std::vector<Problem> problems;
  std::string line;
  for (int n = 1; std::getline(text, line); ++n) {
    std::istringstream words(line);
    Token token;
    std::string role;
    std::string more;
    if (!(words >> token.name) || token.name.front() == '#') continue;
    words >> role >> token.secret;
    const auto named = role_named(role);
    if (!named || token.secret.size() < shortest_secret || words >> more) {
      Problem p;
      p.file = file.generic_string();
      p.line = n;
      p.column = 1;
      p.message = fmt::format("no name, role and secret of {} or more characters", shortest_secret);
      p.hint = "write 'NAME reader|analyst|admin SECRET'; `openssl rand -hex 24` makes a secret";
      problems.push_back(p);
      continue;
    }
    token.role = *named;
    out.push_back(token);
  }
  if (!problems.empty()) throw CaseError(problems);
  return out;
}

Access::Access(const std::vector<Token>& tokens) {
  for (const Token& t : tokens) known_.push_back({hash_of(t.secret), {t.name, t.role}});
}

std::optional<User> Access::holder_of(const std::string& secret) const {
  const std::string hash = hash_of(secret);
  std::optional<User> found;
  for (const Known& k : known_) {
    if (CRYPTO_memcmp(k.hash.data(), hash.data(), hash.size()) == 0) found = k.user;
  }
  return found;
}

std::optional<User> Access::user_of(const Request& request) {
  if (open()) return User{"local", Role::admin};
  if (!request.authorization.empty()) {  // of another scheme than Bearer: a wrong one
    const std::lock_guard lock(mutex_);
    return tried(bearer_of(request.authorization), request.address);
  }
  const std::string cookie = cookie_of(request);
  if (cookie.empty()) return std::nullopt;
  const std::lock_guard lock(mutex_);
  const auto at = sessions_.find(hash_of(cookie));
  if (at == sessions_.end() || at->second.until < Clock::now()) return std::nullopt;
  return at->second.user;
}

// Whose secret it is. Nobody can lock others out by guessing: what is refused is only the wrong.
std::optional<User> Access::tried(const std::string& secret, const std::string& address) {
  if (auto user = holder_of(secret)) return user;
  const auto now = Clock::now();
  failures_.erase(std::remove_if(failures_.begin(), failures_.end(),
                                 [&](const auto& f) { return now - f.at > failures_count_for; }),
                  failures_.end());
  const auto of_address = std::count_if(failures_.begin(), failures_.end(),
                                        [&](const auto& f) { return f.address == address; });
  if (of_address >= most_failures || std::ssize(failures_) >= most_failures_of_all) {
    throw Refusal(429, "too many wrong tokens; wait a minute");
  }
  failures_.push_back({now, address});
  return std::nullopt;
}

std::string Access::enter(const std::string& secret, const std::string& address) {
  const auto now = Clock::now();
  const std::lock_guard lock(mutex_);
  const auto user = tried(secret, address);
  if (!user) throw Refusal(401, "that token is not known here");
  for (auto it = sessions_.begin(); it != sessions_.end();) {
    it = it->second.until < now ? sessions_.erase(it) : std::next(it);
  }
  if (sessions_.size() >= most_sessions) throw Refusal(503, "too many people are in the room");
  std::string cookie = fresh_secret();
  sessions_[hash_of(cookie)] = {*user, now + session_lasts};
  return cookie;
}

void Access::leave(const Request& request) {
  const std::lock_guard lock(mutex_);
  sessions_.erase(hash_of(cookie_of(request)));
}

}  // namespace casus::server
