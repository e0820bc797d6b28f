// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "casus/server/message.h"
#include "casus/server/room.h"

/// What every route answers; routes.cc is their table. Private to the module.
namespace casus::server {

using Names = std::map<std::string, std::string>;  ///< what stands for the braces of a pattern
using Handler = Response (*)(Room&, const Request&, const Names&);

Response health(Room&, const Request&, const Names&);
Response openapi(Room&, const Request&, const Names&);
Response events(Room&, const Request&, const Names&);
Response cases(Room&, const Request&, const Names&);
Response one_case(Room&, const Request&, const Names&);
Response reports(Room&, const Request&, const Names&);
Response belief(Room&, const Request&, const Names&);
Response hypothesis(Room&, const Request&, const Names&);
Response picture(Room&, const Request&, const Names&);
Response futures(Room&, const Request&, const Names&);
Response series(Room&, const Request&, const Names&);
Response story(Room&, const Request&, const Names&);
Response comparison(Room&, const Request&, const Names&);
Response studies(Room&, const Request&, const Names&);
Response model(Room&, const Request&, const Names&);
Response brief_page(Room&, const Request&, const Names&);
Response brief_data(Room&, const Request&, const Names&);
Response changes(Room&, const Request&, const Names&);
Response change(Room&, const Request&, const Names&);
Response what_if(Room&, const Request&, const Names&);
Response undo(Room&, const Request&, const Names&);
Response judged(Room&, const Request&, const Names&);
Response judged_once(Room&, const Request&, const Names&);
Response branches(Room&, const Request&, const Names&);
Response make_branch(Room&, const Request&, const Names&);
Response rename_branch(Room&, const Request&, const Names&);
Response drop_branch(Room&, const Request&, const Names&);
Response jobs(Room&, const Request&, const Names&);
Response job(Room&, const Request&, const Names&);
Response ask_job(Room&, const Request&, const Names&);
Response cancel_job(Room&, const Request&, const Names&);
Response audit_log(Room&, const Request&, const Names&);

[[nodiscard]] std::string session_json(const User& user, bool open);
/// The string called `key` in a JSON object. @throws Refusal 400 it has none.
[[nodiscard]] std::string text_in(const std::string& body, const char* key);

}  // namespace casus::server
