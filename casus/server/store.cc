// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/server/store.h"

#include <fmt/format.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <chrono>
#include <ctime>
#include <limits>

#include "casus/base/error.h"
#include "casus/server/access.h"

namespace casus::server {
namespace {

constexpr const char* tables[] = {
    "CREATE TABLE IF NOT EXISTS changes (id INTEGER PRIMARY KEY AUTOINCREMENT, place TEXT NOT NULL,"
    " at TEXT NOT NULL, who TEXT NOT NULL, body TEXT NOT NULL, undone_at TEXT NOT NULL DEFAULT '',"
    " undone_by TEXT NOT NULL DEFAULT '')",
    "CREATE TABLE IF NOT EXISTS log (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL,"
    " who TEXT NOT NULL, role TEXT NOT NULL, place TEXT NOT NULL, what TEXT NOT NULL,"
    " detail TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS judged (id INTEGER PRIMARY KEY AUTOINCREMENT, place TEXT NOT NULL,"
    " at TEXT NOT NULL, why TEXT NOT NULL, body TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS branches (id INTEGER PRIMARY KEY AUTOINCREMENT, place TEXT NOT "
    "NULL,"
    " name TEXT NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL, since INTEGER NOT NULL,"
    " dropped_at TEXT NOT NULL DEFAULT '')",
    "CREATE INDEX IF NOT EXISTS changes_place ON changes (place, id)",
    "CREATE INDEX IF NOT EXISTS log_place ON log (place, id)",
    "CREATE INDEX IF NOT EXISTS judged_place ON judged (place, id)"};
constexpr int most_judged = 200;  // of one case; older ones are forgotten

std::string now() {
  const std::time_t t = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  gmtime_r(&t, &utc);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", utc.tm_year + 1900, utc.tm_mon + 1,
                     utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

template <class Work>
auto told_as_io(const Work& work) {
  try {
    return work();
  } catch (const soci::soci_error& error) {
    throw IoError(IoError::Kind::write, fmt::format("the room's store: {}", error.what()));
  }
}

void write_log(soci::session& sql, const std::string& at, const std::string& where, const User& who,
               const std::string& what, const std::string& detail) {
  const std::string role(name_of(who.role));
  sql << "INSERT INTO log (at, who, role, place, what, detail) VALUES (:a, :w, :r, :p, :t, :d)",
      soci::use(at), soci::use(who.name), soci::use(role), soci::use(where), soci::use(what),
      soci::use(detail);
}

}  // namespace

struct Store::Base {
  soci::session sql;
};

Store::Store(const std::filesystem::path& file) {
  std::error_code error;
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), error);
  told_as_io([&] {
    base_ = std::make_unique<Base>();
    base_->sql.open(soci::sqlite3, fmt::format("db={} timeout=10 synchronous=full", file.string()));
    std::string mode;
    base_->sql << "PRAGMA journal_mode=WAL", soci::into(mode);
    base_->sql << "PRAGMA synchronous=FULL";
    for (const char* const t : tables) base_->sql << t;
    return 0;
  });
}

Store::~Store() = default;

long long Store::keep(const std::string& where, const User& who, const Change& change) {
  const std::lock_guard lock(mutex_);
  return told_as_io([&] {
    soci::transaction whole(base_->sql);
    const std::string at = now();
    const std::string body = to_json(change);
    base_->sql << "INSERT INTO changes (place, at, who, body) VALUES (:p, :a, :w, :b)",
        soci::use(where), soci::use(at), soci::use(who.name), soci::use(body);
    long long id = 0;
    base_->sql << "SELECT CAST(MAX(id) AS BIGINT) FROM changes", soci::into(id);
    write_log(base_->sql, at, where, who, std::string(name_of(change.kind)), body);
    whole.commit();
    return id;
  });
}

bool Store::undo(const std::string& where, const User& who, long long id) {
  const std::lock_guard lock(mutex_);
  return told_as_io([&] {
    soci::transaction whole(base_->sql);
    const std::string at = now();
    soci::statement update =
        (base_->sql.prepare << "UPDATE changes SET undone_at = :a, undone_by = :w"
                               " WHERE id = :i AND place = :p AND undone_at = ''",
         soci::use(at), soci::use(who.name), soci::use(id), soci::use(where));
    update.execute(true);
    const bool did = update.get_affected_rows() == 1;
    if (did) write_log(base_->sql, at, where, who, "undo", std::to_string(id));
    whole.commit();
    return did;
  });
}

std::vector<Kept> Store::changes(const std::string& where) const {
  const std::lock_guard lock(mutex_);
  return told_as_io([&] {
    std::vector<Kept> out;
    Kept k;
    std::string body;
    soci::statement read =
        (base_->sql.prepare << "SELECT CAST(id AS BIGINT), at, who, body, undone_at, undone_by"
                               " FROM changes WHERE place = :p ORDER BY id",
         soci::use(where), soci::into(k.id), soci::into(k.at), soci::into(k.who), soci::into(body),
         soci::into(k.undone_at), soci::into(k.undone_by));
    read.execute();
    while (read.fetch()) {
      k.change = change_from_json(body);
      out.push_back(k);
    }
    return out;
  });
}

std::string address_of(const Branch& branch) { return fmt::format("{}~{}", branch.of, branch.id); }

Branch Store::branch(const std::string& of, const User& who, const std::string& name) {
  const std::lock_guard lock(mutex_);
  return told_as_io([&] {
    soci::transaction whole(base_->sql);
    Branch out{0, of, name, who.name, now(), 0};
    base_->sql << "INSERT INTO branches (place, name, at, who, since) VALUES (:p, :n, :a, :w, 0)",
        soci::use(of), soci::use(name), soci::use(out.at), soci::use(who.name);
    base_->sql << "SELECT CAST(MAX(id) AS BIGINT) FROM branches", soci::into(out.id);
    const std::string place = address_of(out);
    base_->sql << "INSERT INTO changes (place, at, who, body) SELECT :new, at, who, body FROM"
                  " changes WHERE place = :p AND undone_at = '' ORDER BY id",
        soci::use(place), soci::use(of);
    base_->sql << "SELECT CAST(COALESCE(MAX(id), 0) AS BIGINT) FROM changes", soci::into(out.since);
    base_->sql << "UPDATE branches SET since = :s WHERE id = :i", soci::use(out.since),
        soci::use(out.id);
    write_log(base_->sql, out.at, place, who, "branch", name);
    whole.commit();
    return out;
  });
}

std::vector<Branch> Store::branches(const std::string& of) const {
  const std::lock_guard lock(mutex_);
  return told_as_io([&] {
    std::vector<Branch> out;
    Branch b;
    b.of = of;
    soci::statement read =
        (base_->sql.prepare << "SELECT CAST(id AS BIGINT), name, at, who, CAST(since AS BIGINT)"
                               " FROM branches WHERE place = :p AND dropped_at = '' ORDER BY id",
         soci::use(of), soci::into(b.id), soci::into(b.name), soci::into(b.at), soci::into(b.who),
         soci::into(b.since));
    read.execute();
    while (read.fetch()) out.push_back(b);
    return out;
  });
}

void Store::rename(const Branch& branch, const User& who, const std::string& name) {
  const std::lock_guard lock(mutex_);
  told_as_io([&] {
    soci::transaction whole(base_->sql);
    base_->sql << "UPDATE branches SET name = :n WHERE id = :i", soci::use(name),
        soci::use(branch.id);
    write_log(base_->sql, now(), address_of(branch), who, "rename", name);
    whole.commit();
    return 0;
  });
}

void Store::drop(const Branch& branch, const User& who) {
  const std::lock_guard lock(mutex_);
  told_as_io([&] {
    soci::transaction whole(base_->sql);
    const std::string at = now();
    base_->sql << "UPDATE branches SET dropped_at = :a WHERE id = :i", soci::use(at),
        soci::use(branch.id);
    write_log(base_->sql, at, address_of(branch), who, "drop", branch.name);
    whole.commit();
    return 0;
  });
}

void Store::note(const std::string& where, const User& who, const std::string& what,
                 const std::string& detail) {
  const std::lock_guard lock(mutex_);
  told_as_io([&] {
    write_log(base_->sql, now(), where, who, what, detail);
    return 0;
  });
}

std::vector<Entry> Store::log(const std::string& where, int most,
                              std::optional<long long> before) const {
  const long long below = before.value_or(std::numeric_limits<long long>::max());
  const std::lock_guard lock(mutex_);
  return told_as_io([&] {
    std::vector<Entry> out;
    Entry e;
    soci::statement read =
        (base_->sql.prepare
             << "SELECT CAST(id AS BIGINT), at, who, role, place, what, detail FROM"
                " log WHERE (:p = '' OR place = :q) AND id < :b ORDER BY id DESC LIMIT :n",
         soci::use(where), soci::use(where), soci::use(below), soci::use(most), soci::into(e.id),
         soci::into(e.at), soci::into(e.who), soci::into(e.role), soci::into(e.where),
         soci::into(e.what), soci::into(e.detail));
    read.execute();
    while (read.fetch()) out.push_back(e);
    return out;
  });
}

long long Store::keep_judged(const std::string& where, const std::string& why,
                             const std::string& body) {
  const std::lock_guard lock(mutex_);
  return told_as_io([&] {
    soci::transaction whole(base_->sql);
    const std::string at = now();
    base_->sql << "INSERT INTO judged (place, at, why, body) VALUES (:p, :a, :w, :b)",
        soci::use(where), soci::use(at), soci::use(why), soci::use(body);
    base_->sql << "DELETE FROM judged WHERE place = :p AND id NOT IN (SELECT id FROM judged WHERE"
                  " place = :q ORDER BY id DESC LIMIT :n)",
        soci::use(where), soci::use(where), soci::use(most_judged);
    long long id = 0;
    base_->sql << "SELECT CAST(MAX(id) AS BIGINT) FROM judged", soci::into(id);
    whole.commit();
    return id;
  });
}

std::vector<Judged> Store::judged(const std::string& where) const {
  const std::lock_guard lock(mutex_);
  return told_as_io([&] {
    std::vector<Judged> out;
    Judged j;
    soci::statement read =
        (base_->sql.prepare << "SELECT CAST(id AS BIGINT), at, why FROM judged WHERE place = :p"
                               " ORDER BY id DESC",
         soci::use(where), soci::into(j.id), soci::into(j.at), soci::into(j.why));
    read.execute();
    while (read.fetch()) out.push_back(j);
    return out;
  });
}

std::optional<Judged> Store::judged(const std::string& where, long long id) const {
  const std::lock_guard lock(mutex_);
  return told_as_io([&]() -> std::optional<Judged> {
    Judged j;
    base_->sql << "SELECT CAST(id AS BIGINT), at, why, body FROM judged WHERE place = :p AND"
                  " id = :i",
        soci::use(where), soci::use(id), soci::into(j.id), soci::into(j.at), soci::into(j.why),
        soci::into(j.body);
    if (!base_->sql.got_data()) return std::nullopt;
    return j;
  });
}

}  // namespace casus::server
