// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/serve.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <thread>

#include "casus/server/serve.h"
#include "cli/terminal.h"

namespace casus::cli {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  server::ServeOptions serve;
  std::optional<fs::path> tokens;
  std::string token;
  bool quiet = false;
};

// A release has the pages beside the program, a source tree where they are built.
fs::path default_pages() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (const char* const place : {"../share/casus/web", "../web/dist"}) {
    fs::path folder = (program / place).lexically_normal();
    if (fs::exists(folder / "index.html", error)) return folder;
  }
  return "web/dist";
}

int run_serve(Arguments& arguments) {
  using namespace std::chrono_literals;
  server::ServeOptions& serve = arguments.serve;
  if (arguments.tokens) serve.tokens = server::read_tokens(*arguments.tokens);
  const char* const secret = std::getenv("CASUS_TOKEN");
  if (arguments.token.empty() && secret != nullptr) arguments.token = secret;
  if (!arguments.token.empty()) {
    constexpr std::size_t shortest = 16;
    if (arguments.token.size() < shortest) {
      throw CaseError({{"--token", 0, 0, "a token has 16 or more characters", "", 1,
                        "`openssl rand -hex 24` makes one"}});
    }
    serve.tokens.push_back({"admin", server::Role::admin, arguments.token});
  }
  if (serve.web.empty()) serve.web = default_pages();
  server::Server room(serve);
  if (!arguments.quiet) {
    fmt::print("The room: {}\n", room.address());
    if (!room.has_pages()) fmt::print("Its pages are not built; `make room` builds them.\n");
    std::fflush(stdout);
  }
  while (!stop_requested()) std::this_thread::sleep_for(50ms);
  if (!arguments.quiet) fmt::print("The room is closed; what was accepted is kept.\n");
  return ok;
}

}  // namespace

void add_serve(CLI::App& app, int& code) {
  const auto arguments = std::make_shared<Arguments>();
  server::ServeOptions& serve = arguments->serve;
  serve.listen.port = 8030;
  CLI::App* sub = app.add_subcommand("serve", "the briefing room: see it, question it, change it");
  sub->footer(
      "Example:\n  casus serve cases/dprk-2024 cases/korea-1950\n"
      "  casus serve cases/dprk-2024 --listen 0.0.0.0 --tokens tokens.txt --certificate room.pem "
      "--key room.key\n"
      "Then open the address it prints in a browser. Ctrl-C closes the room. docs/room.md tells "
      "the rest.");
  sub->add_option("CASE", serve.room.cases, "folders of cases")->required();
  sub->add_option("--port", serve.listen.port, "port to listen at; 0 = any free one")
      ->capture_default_str();
  sub->add_option("--listen", serve.listen.address,
                  "address to listen at; beyond this machine it needs tokens and TLS")
      ->capture_default_str();
  sub->add_option("--token", arguments->token,
                  "secret of one admin (better: the environment's CASUS_TOKEN)");
  sub->add_option("--tokens", arguments->tokens, "file of lines NAME reader|analyst|admin SECRET");
  sub->add_option("--certificate", serve.listen.certificate, "certificate chain, PEM");
  sub->add_option("--key", serve.listen.key, "its private key, PEM");
  sub->add_flag("--behind-proxy", serve.behind_proxy, "a proxy before it speaks TLS");
  sub->add_option("--state", serve.room.state, "folder for what the room keeps")
      ->capture_default_str();
  sub->add_option("--web", serve.web, "folder of the built pages");
  sub->add_option("--futures", serve.room.futures, "futures per option where a job does not say")
      ->check(CLI::Range(16, 100000))
      ->capture_default_str();
  sub->add_option("--game-futures", serve.room.game_futures,
                  "futures of every branch of a game; a settlement takes twice as many")
      ->check(CLI::Range(16, 100000))
      ->capture_default_str();
  sub->add_option("--seed", serve.room.seed, "seed of all draws")->capture_default_str();
  sub->add_option("--threads", serve.room.threads, "threads of a job (default: all)")
      ->check(CLI::Range(0, 1024));
  sub->add_flag("-q,--quiet", arguments->quiet, "say nothing but errors");
  sub->callback([arguments, &code] { code = run_serve(*arguments); });
}

}  // namespace casus::cli
