// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "casus/casefile/template.h"
#include "casus/server/assets.h"
#include "casus/server/routes.h"

namespace casus::server {

/// A folder that is gone when the test is over.
struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "casus_room_XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
};

inline const std::vector<Token> three_tokens = {{"rita", Role::reader, "reader-secret-0001"},
                                                {"anna", Role::analyst, "analyst-secret-001"},
                                                {"adam", Role::admin, "admin-secret-00001"}};

/// A room with the case that `casus new` writes, and its door.
struct TestRoom {
  Folder folder;
  Room room;
  Access access;
  Assets assets;
  Door door;

  explicit TestRoom(const std::vector<Token>& tokens = {})
      : room(options(folder.path)),
        access(tokens),
        assets(folder.path / "web"),
        door(room, access, assets, false) {}

  static RoomOptions options(const std::filesystem::path& folder) {
    if (!std::filesystem::exists(folder / "mine")) casefile::write_template(folder / "mine");
    RoomOptions out;
    out.cases = {folder / "mine"};
    out.state = folder / "state";
    out.made = folder / "made";
    out.assess = false;
    out.threads = 1;
    out.game_futures = 16;
    return out;
  }
  Response ask(const std::string& method, const std::string& target, const std::string& body = "",
               const std::string& secret = "") {
    Request request;
    request.method = method;
    request.target = target;
    request.host = "localhost:8030";
    request.body = body;
    if (!body.empty()) request.content_type = "application/json";
    if (!secret.empty()) request.authorization = "Bearer " + secret;
    return door.answer(request);
  }
  nlohmann::json get(const std::string& target) {
    const Response r = ask("GET", target);
    if (r.status != 200) throw std::runtime_error(target + ": " + *r.body);
    return nlohmann::json::parse(*r.body);
  }
  Response change(const nlohmann::json& what, const std::string& secret = "") {
    return ask("POST", "/api/cases/mine/changes", what.dump(), secret);
  }
};

}  // namespace casus::server
