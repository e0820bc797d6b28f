// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "casus/casefile/load.h"
#include "casus/world/act.h"
#include "casus/world/knob.h"
#include "casus/world/package.h"
#include "casus/world/state.h"

namespace casus::world {

/// What a case fixes once for all its futures: the shape, the menu of acts, the network, who is
/// whose ally.
///
/// Built once, shared by all lanes and threads, never changed.
class Model {
 public:
  /// @throws CaseError `parameters.yaml` names a knob the engine does not have.
  explicit Model(const casefile::Case& given);
  ~Model();
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  [[nodiscard]] const casefile::Case& given() const { return *given_; }
  [[nodiscard]] const Shape& shape() const { return shape_; }
  [[nodiscard]] std::span<const Entry> entries() const { return entries_; }
  /// Entries of one action, in order of actor and target.
  [[nodiscard]] std::span<const std::uint32_t> entries_of(Action action) const {
    return by_action_[static_cast<std::size_t>(action)];
  }
  /// Entries of one actor.
  [[nodiscard]] std::span<const std::uint32_t> menu_of(std::size_t actor) const {
    return by_actor_[actor];
  }
  /// The legislature that must agree to an entry, or null.
  [[nodiscard]] const casefile::Legislature* asked(std::size_t entry) const {
    return asked_[entry];
  }
  /// The entry an order means. @throws InternalError the menu lacks it (the menu holds every order
  /// of the case).
  [[nodiscard]] std::uint32_t entry_of(const casefile::Order& order) const;

  /// 0, 1: side of the war an actor fights on at the start; -1 for none.
  [[nodiscard]] int side_of(std::size_t actor) const { return side_of_[actor]; }
  [[nodiscard]] bool has_war() const { return given_->war.has_value(); }
  [[nodiscard]] std::size_t lead(std::size_t side) const { return lead_[side]; }
  /// Closeness of two actors as allies, 0-1, symmetric; 1 on the diagonal and within a side.
  [[nodiscard]] float alignment(std::size_t a, std::size_t b) const {
    return alignment_[a * shape_.actors + b];
  }
  /// Which side an actor leans to: -1 (side 0) ... +1 (side 1), from alignments with the leads.
  [[nodiscard]] float leaning(std::size_t actor) const { return leaning_[actor]; }
  /// Are two actors rivals between which a clash may break out?
  [[nodiscard]] bool rivals(std::size_t a, std::size_t b) const {
    return rivals_[a * shape_.actors + b];
  }
  /// 32-bit keys for draws.
  [[nodiscard]] std::uint32_t actor_key(std::size_t i) const { return actor_keys_[i]; }
  [[nodiscard]] std::uint32_t sector_key(std::size_t i) const { return sector_keys_[i]; }
  [[nodiscard]] std::uint32_t contingent_key(std::size_t i) const { return contingent_keys_[i]; }
  [[nodiscard]] std::uint32_t route_key(std::size_t i) const { return route_keys_[i]; }
  [[nodiscard]] std::uint32_t pair_key(std::size_t a, std::size_t b) const {
    return actor_keys_[a] * 0x9E3779B9U ^ actor_keys_[b];
  }
  /// Nodes of a contingent's path, origin first, destination last. A long edge has several nodes
  /// (the stages of its Erlang transit); each counts its men at one end of the edge, so a place may
  /// come several times.
  struct Path {
    std::vector<std::uint32_t> places;
    std::vector<std::uint32_t> routes;  ///< routes[i] leads from node i to node i + 1
    std::vector<float> km;              ///< length of the way from node i to node i + 1
    std::vector<bool> enters;           ///< node i is where men enter routes[i] and wait for room
    [[nodiscard]] std::size_t last() const { return places.size() - 1; }
  };
  [[nodiscard]] const Path& path(std::size_t contingent) const { return paths_[contingent]; }
  [[nodiscard]] std::span<const Package> packages() const { return packages_; }
  /// Weeks of a calendar event counted from week 0 (may be negative).
  [[nodiscard]] int week_of(Date day) const { return given_->clock().week_of(day); }
  /// Index of the knob's effective prior: the case's parameter or the engine's own.
  [[nodiscard]] const Prior& knob_prior(std::size_t knob) const { return knob_priors_[knob]; }

 private:
  void index_actors();
  void index_alignments();
  void index_paths();
  void build_menu();
  void read_parameters();

  const casefile::Case* given_;
  Shape shape_;
  std::vector<Entry> entries_;
  std::vector<const casefile::Legislature*> asked_;
  std::array<std::vector<std::uint32_t>, casefile::action_count> by_action_;
  std::vector<std::vector<std::uint32_t>> by_actor_;
  std::vector<int> side_of_;
  std::array<std::size_t, 2> lead_{};
  std::vector<float> alignment_, leaning_;
  std::vector<bool> rivals_;
  std::vector<std::uint32_t> actor_keys_, sector_keys_, contingent_keys_, route_keys_;
  std::vector<Path> paths_;
  std::vector<Package> packages_;
  std::vector<Prior> knob_priors_;
};

}  // namespace casus::world
