// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace casus::cli {

/// What only `casus play` takes.
struct PlayRequest {
  std::optional<std::filesystem::path> csv;  ///< tidy long table too
  std::vector<std::string> variables;        ///< of which weekly series are kept
  int every = 1;                             ///< of every which week
  std::size_t keep = 200;                    ///< futures kept whole
  bool full = false;                         ///< all of them
  bool summary = false;                      ///< none, and no outcomes of single futures
  int deflate = 1;
  std::size_t shard = 0;
  std::string sampling = "random";
  std::string nested;  ///< points x noises; empty = one future a point
  std::optional<double> until_error;
  std::string error_of;
  std::string design;             ///< morris, saltelli; empty: none
  std::size_t rows = 16;          ///< of the design
  std::vector<std::string> over;  ///< inputs it varies; empty: all
  double checkpoint = 10.0;       ///< seconds after which what was played is on disk
  bool resume = false;
  bool partial = false;
};

/// What the command line says; one struct for all commands.
struct Options {
  std::filesystem::path given;                   ///< CASE: a folder or its case.yaml
  std::optional<std::filesystem::path> out;      ///< -o
  std::optional<std::filesystem::path> outcome;  ///< score: of a file of answers
  bool json = false;
  std::uint64_t seed = 1;
  std::size_t threads = 0;
  std::optional<std::string> as_of;
  std::size_t futures = 2000;
  std::optional<int> weeks;
  std::optional<std::size_t> game_futures;  ///< games: of every branch
  std::vector<std::string> options;
  std::optional<std::size_t> trace;
  std::optional<std::filesystem::path> draws;  ///< of parameters fitted by `casus calibrate`
  std::optional<std::string> why;              ///< play --trace: an event or a week
  bool grades = true;
  bool fresh = false;  ///< run every stage again
  bool variables = false;
  bool knobs = false;
  bool odd = false;  ///< model: the description by the ODD protocol
  PlayRequest play;
  bool quiet = false;
  std::string progress = "auto";
  bool shaped = false;   ///< an option that shapes the run was given
  bool counted = false;  ///< --futures was
};

}  // namespace casus::cli
