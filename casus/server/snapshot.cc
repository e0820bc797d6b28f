// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/server/snapshot.h"

#include <fmt/format.h>
#include <zlib.h>

#include "casus/base/file.h"

namespace casus::server {
namespace {

constexpr std::size_t worth_packing = 1400;  // bytes: what one packet carries anyway
constexpr std::size_t most_views = 400;

Body packed(const std::string& text) {
  if (text.size() < worth_packing) return nullptr;
  z_stream z{};
  constexpr int level = 6, gzip_window = 15 + 16, memory = 8;
  CASUS_CHECK(deflateInit2(&z, level, Z_DEFLATED, gzip_window, memory, Z_DEFAULT_STRATEGY) == Z_OK);
  auto out = std::make_shared<std::string>(deflateBound(&z, text.size()), '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // NOLINT: zlib's own way
  z.avail_in = static_cast<uInt>(text.size());
  z.next_out = reinterpret_cast<Bytef*>(out->data());  // NOLINT
  z.avail_out = static_cast<uInt>(out->size());
  const int end = deflate(&z, Z_FINISH);
  out->resize(z.total_out);
  deflateEnd(&z);
  CASUS_CHECK(end == Z_STREAM_END);
  return out;
}

}  // namespace

View view_of(std::string text) {
  View out;
  out.etag = fmt::format("\"{}\"", digest(text));
  out.packed = packed(text);
  out.body = std::make_shared<const std::string>(std::move(text));
  return out;
}

View Snapshot::view(const std::string& key, const std::function<std::string()>& make) const {
  std::shared_ptr<Slot> slot;
  {
    const std::lock_guard lock(views_->mutex);
    if (views_->by_key.size() >= most_views && views_->by_key.count(key) == 0) {
      views_->by_key.clear();
    }
    auto& kept = views_->by_key[key];
    if (!kept) kept = std::make_shared<Slot>();
    slot = kept;
  }
  // Many ask for the same view at once after every change; one makes it.
  std::call_once(slot->once, [&] { slot->view = view_of(make()); });
  return slot->view;
}

std::shared_ptr<Snapshot> Snapshot::next() const {
  auto out = std::make_shared<Snapshot>(*this);
  out->views_ = std::make_shared<Views>();
  ++out->moment;
  return out;
}

}  // namespace casus::server
