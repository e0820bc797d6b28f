// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/netcdf_file.h"

#include <hdf5.h>
#include <netcdf.h>

#include <memory>

#include "casus/base/error.h"

namespace casus::ensemble {
namespace {

constexpr std::size_t chunk_slots = 1009;  // a prime, as the library asks

[[noreturn]] void fail(IoError::Kind kind, const std::filesystem::path& path,
                       const std::string& what, int status) {
  throw IoError(kind, path.string() + ": " + what + ": " + nc_strerror(status));
}

// netCDF asks for attributes that may be missing, and silences what HDF5 prints of that for the
// first thread alone; where HDF5 is built for threads each has a habit of its own.
void be_quiet() { H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); }

}  // namespace

NetcdfFile::NetcdfFile(int id, std::filesystem::path path, bool writing)
    : id_(id), path_(std::move(path)), writing_(writing) {}

std::recursive_mutex& NetcdfFile::library() {
  static std::recursive_mutex mutex;  // the library's state is one for the whole program
  return mutex;
}

NetcdfFile NetcdfFile::create(const std::filesystem::path& path) {
  const std::unique_lock alone(library());
  be_quiet();
  int id = 0;
  const int status = nc_create(path.c_str(), NC_NETCDF4 | NC_CLOBBER, &id);
  if (status != NC_NOERR) fail(IoError::Kind::uncreatable, path, "cannot create", status);
  return {id, path, true};
}

NetcdfFile NetcdfFile::open(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path))
    throw IoError(IoError::Kind::missing, path.string() + ": no such file");
  const std::unique_lock alone(library());
  be_quiet();
  int id = 0;
  const int status = nc_open(path.c_str(), NC_NOWRITE, &id);
  if (status != NC_NOERR) fail(IoError::Kind::unreadable, path, "cannot read", status);
  return {id, path, false};
}

NetcdfFile::~NetcdfFile() {
  // HDF5 1.10 crashes when it closes a file it could not write: such a one is left open.
  if (open_ && !broken_) nc_close(id_);
}

void NetcdfFile::close() {
  open_ = false;
  check(nc_close(id_), "closing");
}

void NetcdfFile::check(int status, const std::string& what) const {
  if (status == NC_NOERR) return;
  broken_ = writing_;
  fail(writing_ ? IoError::Kind::write : IoError::Kind::unreadable, path_, what, status);
}

int NetcdfFile::dimension(const std::string& name, std::size_t size) {
  int id = 0;
  check(nc_def_dim(id_, name.c_str(), size, &id), name);
  return id;
}

int NetcdfFile::define(const std::string& name, int type, std::span<const int> dimensions) {
  int id = 0;
  check(nc_def_var(id_, name.c_str(), type, static_cast<int>(dimensions.size()), dimensions.data(),
                   &id),
        name);
  return id;
}

int NetcdfFile::table(const std::string& name, std::span<const int> dimensions,
                      std::span<const std::size_t> chunk, bool bytes) {
  const int id = define(name, bytes ? NC_UBYTE : NC_FLOAT, dimensions);
  check(nc_def_var_fill(id_, id, NC_NOFILL, nullptr), name);
  std::size_t size = bytes ? sizeof(std::uint8_t) : sizeof(float);
  for (const std::size_t c : chunk) size *= c;
  if (size == 0) return id;
  check(nc_def_var_chunking(id_, id, NC_CHUNKED, chunk.data()), name);
  if (deflate_ > 0) check(nc_def_var_deflate(id_, id, 1, 1, deflate_), name);
  check(nc_set_var_chunk_cache(id_, id, 2 * size, chunk_slots, 1.0F), name);
  return id;
}

void NetcdfFile::slab(int variable, std::span<const std::size_t> start,
                      std::span<const std::size_t> count, std::span<const float> values) {
  if (values.empty()) return;
  check(nc_put_vara_float(id_, variable, start.data(), count.data(), values.data()), "a table");
}

void NetcdfFile::slab(int variable, std::span<const std::size_t> start,
                      std::span<const std::size_t> count, std::span<const std::uint8_t> values) {
  if (values.empty()) return;
  check(nc_put_vara_uchar(id_, variable, start.data(), count.data(), values.data()), "a table");
}

void NetcdfFile::attribute(int variable, const std::string& name, const std::string& value) {
  if (value.empty()) return;
  check(nc_put_att_text(id_, variable, name.c_str(), value.size(), value.c_str()), name);
}

void NetcdfFile::describe(int variable, const std::string& unit, const std::string& meaning) {
  attribute(variable, "units", unit);
  attribute(variable, "long_name", meaning);
}

int NetcdfFile::labels(const std::string& name, const std::vector<std::string>& labels) {
  const int dim = dimension(name, labels.size());
  text(name, {&dim, 1}, labels, "");
  return dim;
}

void NetcdfFile::text(const std::string& name, std::span<const int> dimensions,
                      const std::vector<std::string>& values, const std::string& meaning) {
  const int id = define(name, NC_STRING, dimensions);
  describe(id, "", meaning);
  std::vector<const char*> pointers;
  for (const std::string& v : values) pointers.push_back(v.c_str());
  if (!pointers.empty()) check(nc_put_var_string(id_, id, pointers.data()), name);
}

void NetcdfFile::put(const std::string& name, std::span<const int> dimensions,
                     std::span<const double> values, const std::string& unit,
                     const std::string& meaning) {
  const int id = define(name, NC_DOUBLE, dimensions);
  describe(id, unit, meaning);
  if (!values.empty()) check(nc_put_var_double(id_, id, values.data()), name);
}

int NetcdfFile::put(const std::string& name, std::span<const int> dimensions,
                    std::span<const int> values, const std::string& unit,
                    const std::string& meaning) {
  const int id = define(name, NC_INT, dimensions);
  describe(id, unit, meaning);
  if (!values.empty()) check(nc_put_var_int(id_, id, values.data()), name);
  return id;
}

void NetcdfFile::attribute(const std::string& name, const std::string& value) {
  check(nc_put_att_text(id_, NC_GLOBAL, name.c_str(), value.size(), value.c_str()), name);
}

void NetcdfFile::attribute(const std::string& name, std::uint64_t value) {
  const unsigned long long wide = value;
  check(nc_put_att_ulonglong(id_, NC_GLOBAL, name.c_str(), NC_UINT64, 1, &wide), name);
}

std::size_t NetcdfFile::size(const std::string& dimension) const {
  int id = 0;
  std::size_t out = 0;
  check(nc_inq_dimid(id_, dimension.c_str(), &id), dimension);
  check(nc_inq_dimlen(id_, id, &out), dimension);
  return out;
}

int NetcdfFile::variable(const std::string& name) const {
  int id = 0;
  check(nc_inq_varid(id_, name.c_str(), &id), name);
  return id;
}

std::vector<std::size_t> NetcdfFile::shape(int variable) const {
  int rank = 0;
  check(nc_inq_varndims(id_, variable, &rank), "rank");
  std::vector<int> ids(static_cast<std::size_t>(rank));
  if (rank > 0) check(nc_inq_vardimid(id_, variable, ids.data()), "dimensions");
  std::vector<std::size_t> out(ids.size());
  for (std::size_t d = 0; d < ids.size(); ++d) check(nc_inq_dimlen(id_, ids[d], &out[d]), "size");
  return out;
}

std::size_t NetcdfFile::length(int variable) const {
  std::size_t total = 1;
  for (const std::size_t n : shape(variable)) total *= n;
  return total;
}

bool NetcdfFile::has(const std::string& variable) const {
  int id = 0;
  return nc_inq_varid(id_, variable.c_str(), &id) == NC_NOERR;
}

std::vector<std::string> NetcdfFile::dimensions(const std::string& name) const {
  const int id = variable(name);
  int rank = 0;
  check(nc_inq_varndims(id_, id, &rank), name);
  std::vector<int> ids(static_cast<std::size_t>(rank));
  if (rank > 0) check(nc_inq_vardimid(id_, id, ids.data()), name);
  std::vector<std::string> out;
  for (const int d : ids) {
    char text[NC_MAX_NAME + 1];
    check(nc_inq_dimname(id_, d, text), name);
    out.emplace_back(text);
  }
  return out;
}

std::vector<std::string> NetcdfFile::labels(const std::string& name) const {
  const int id = variable(name);
  std::vector<char*> raw(length(id));
  if (raw.empty()) return {};
  check(nc_get_var_string(id_, id, raw.data()), name);
  std::vector<std::string> out(raw.begin(), raw.end());
  nc_free_string(raw.size(), raw.data());
  return out;
}

std::vector<float> NetcdfFile::floats(const std::string& name) const {
  const int id = variable(name);
  std::vector<float> out(length(id));
  if (!out.empty()) check(nc_get_var_float(id_, id, out.data()), name);
  return out;
}

std::vector<float> NetcdfFile::floats(const std::string& name, std::size_t along,
                                      std::size_t count) const {
  const int id = variable(name);
  std::vector<std::size_t> counts = shape(id);
  const std::vector<std::size_t> start(counts.size(), 0);
  counts[along] = count;
  std::size_t total = 1;
  for (const std::size_t c : counts) total *= c;
  std::vector<float> out(total);
  if (total > 0) check(nc_get_vara_float(id_, id, start.data(), counts.data(), out.data()), name);
  return out;
}

std::vector<double> NetcdfFile::doubles(const std::string& name) const {
  const int id = variable(name);
  std::vector<double> out(length(id));
  if (!out.empty()) check(nc_get_var_double(id_, id, out.data()), name);
  return out;
}

std::vector<std::uint8_t> NetcdfFile::bytes(const std::string& name) const {
  const int id = variable(name);
  std::vector<std::uint8_t> out(length(id));
  if (!out.empty()) check(nc_get_var_uchar(id_, id, out.data()), name);
  return out;
}

std::string NetcdfFile::attribute(const std::string& name) const {
  std::size_t size = 0;
  check(nc_inq_attlen(id_, NC_GLOBAL, name.c_str(), &size), name);
  std::string out(size, '\0');
  if (size > 0) check(nc_get_att_text(id_, NC_GLOBAL, name.c_str(), out.data()), name);
  return out;
}

std::uint64_t NetcdfFile::number(const std::string& name) const {
  unsigned long long out = 0;
  check(nc_get_att_ulonglong(id_, NC_GLOBAL, name.c_str(), &out), name);
  return out;
}

std::string NetcdfFile::unit(const std::string& name) const {
  const int id = variable(name);
  std::size_t size = 0;
  if (nc_inq_attlen(id_, id, "units", &size) != NC_NOERR) return {};
  std::string out(size, '\0');
  check(nc_get_att_text(id_, id, "units", out.data()), name);
  return out;
}

}  // namespace casus::ensemble
