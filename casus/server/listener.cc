// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
// The only file that knows the HTTP library.
#include "casus/server/listener.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <chrono>
#include <thread>
#include <vector>

#include "casus/base/error.h"
#include "casus/server/asio.h"

namespace casus::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace ssl = asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;
using namespace std::chrono_literals;

constexpr std::uint32_t header_limit = 16 * 1024;
constexpr std::uint64_t body_limit = std::uint64_t{256} * 1024;
constexpr std::size_t most_connections = 1000;
constexpr auto silence = 30s;
constexpr auto between_beats = 15s;  // of a stream with no news

struct Shared {
  const Door& door;
  Hub& hub;
  asio::thread_pool slow{3};  // what may take seconds
  std::atomic<std::size_t> connections = 0;
  bool secure = false;
  bool proxied = false;
};

struct Counted {
  explicit Counted(std::atomic<std::size_t>& count) : count_(count) { ++count_; }
  ~Counted() { --count_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  std::atomic<std::size_t>& count_;
};

std::string text_of(beast::string_view v) { return {v.data(), v.size()}; }

Request taken(const http::request<http::string_body>& in) {
  Request out;
  out.method = text_of(in.method_string());
  out.target = text_of(in.target());
  out.body = in.body();
  out.host = text_of(in[http::field::host]);
  out.origin = text_of(in[http::field::origin]);
  out.content_type = text_of(in[http::field::content_type]);
  out.if_none_match = text_of(in[http::field::if_none_match]);
  out.authorization = text_of(in[http::field::authorization]);
  out.cookie = text_of(in[http::field::cookie]);
  out.last_event_id = text_of(in["Last-Event-ID"]);
  out.gzip = in[http::field::accept_encoding].find("gzip") != beast::string_view::npos;
  return out;
}

// Whoever holds one address of IPv6 holds 2^64 of them: they count as one.
std::string counted_as(const asio::ip::address& address) {
  if (address.is_v4()) return address.to_string();
  const auto v6 = address.to_v6();
  if (v6.is_v4_mapped()) return asio::ip::make_address_v4(asio::ip::v4_mapped, v6).to_string();
  auto bytes = v6.to_bytes();
  std::fill(bytes.begin() + bytes.size() / 2, bytes.end(), static_cast<unsigned char>(0));
  return asio::ip::make_address_v6(bytes).to_string() + "/64";
}

// Behind a proxy the last address it names is the one it saw; those before it anyone may write.
std::string sender_of(const http::request<http::string_body>& in, const tcp::socket& socket,
                      bool proxied) {
  error_code error;
  const auto peer = socket.remote_endpoint(error);
  asio::ip::address out = error ? asio::ip::address() : peer.address();
  if (proxied) {
    const auto named = in.equal_range("X-Forwarded-For");
    std::string last;
    for (auto it = named.first; it != named.second; ++it) last = text_of(it->value());
    last.erase(0, last.find_last_of(", \t") + 1);  // npos + 1 is 0
    const auto told = asio::ip::make_address(last, error);
    if (!error) out = told;
  }
  return counted_as(out);
}

template <class Fields>
void set_headers(Fields& out, const Response& response, bool secure) {
  out.set(http::field::server, "casus");
  out.set("Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          "font-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; "
          "form-action 'none'; frame-ancestors 'none'");
  out.set("X-Content-Type-Options", "nosniff");
  out.set("X-Frame-Options", "DENY");
  out.set("Referrer-Policy", "no-referrer");
  out.set("Cross-Origin-Opener-Policy", "same-origin");
  out.set("Cross-Origin-Resource-Policy", "same-origin");
  out.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  if (secure) out.set("Strict-Transport-Security", "max-age=31536000");
  out.set(http::field::cache_control, response.etag.empty() ? "no-store" : "no-cache");
  if (!response.etag.empty()) {
    out.set(http::field::etag, response.etag);
    out.set(http::field::vary, "Accept-Encoding");
  }
  for (const auto& [name, value] : response.headers) out.set(name, value);
}

using Message = http::response<http::span_body<char const>>;

// Refers to the bytes of `response`, which must outlive it.
Message message_of(const Response& response, const Request& request, bool secure, bool keep) {
  Message out;
  out.version(11);
  out.result(static_cast<unsigned>(response.status));
  set_headers(out, response, secure);
  if (response.status == 304) {
    out.keep_alive(keep);
    return out;
  }
  const bool pack = request.gzip && response.packed;
  if (pack) out.set(http::field::content_encoding, "gzip");
  const Body& body = pack ? response.packed : response.body;
  out.set(http::field::content_type, response.type);
  const std::size_t size = body ? body->size() : 0;
  out.content_length(size);
  if (body && request.method != "HEAD") out.body() = beast::span<char const>(body->data(), size);
  out.keep_alive(keep);
  return out;
}

template <class Stream>
asio::awaitable<bool> send(Stream& stream, const Message& message, bool head) {
  error_code error;
  http::response_serializer<http::span_body<char const>> serializer(
      const_cast<Message&>(message));  // NOLINT: Beast asks for it, and only reads a span
  if (head) {
    co_await http::async_write_header(stream, serializer,
                                      asio::redirect_error(asio::use_awaitable, error));
  } else {
    co_await http::async_write(stream, serializer,
                               asio::redirect_error(asio::use_awaitable, error));
  }
  co_return !error;
}

asio::awaitable<Response> answered(Shared& shared, Request& request) {
  Request probe;
  probe.method = request.method;
  probe.target = request.target;
  const bool quick = !read_target(probe) || Door::quick(probe);
  if (quick) co_return shared.door.answer(request);
  const Door* const door = &shared.door;
  Request* const asked = &request;
  const auto work = [door, asked]() -> asio::awaitable<Response> {
    co_return door->answer(*asked);
  };
  co_return co_await asio::co_spawn(shared.slow.get_executor(), work, asio::use_awaitable);
}

class Listening {
 public:
  Listening(Hub& hub, std::function<void()> wake) : hub_(hub), id_(hub.listen(std::move(wake))) {}
  ~Listening() { hub_.forget(id_); }
  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;

 private:
  Hub& hub_;
  std::uint64_t id_;
};

template <class Stream>
asio::awaitable<void> tell_events(Stream& stream, Shared& shared, std::string last_seen) {
  Response head;
  head.type = "text/event-stream";
  http::response<http::empty_body> message;
  message.version(11);
  set_headers(message, head, shared.secure);
  message.set(http::field::content_type, head.type);
  message.keep_alive(false);
  http::response_serializer<http::empty_body> serializer(message);
  error_code error;
  beast::get_lowest_layer(stream).expires_after(silence);
  co_await http::async_write_header(stream, serializer,
                                    asio::redirect_error(asio::use_awaitable, error));
  const auto executor = co_await asio::this_coro::executor;
  const auto timer = std::make_shared<asio::steady_timer>(executor);
  const Listening listening(
      shared.hub, [executor, timer] { asio::post(executor, [timer] { timer->cancel(); }); });
  std::uint64_t last = shared.hub.after(last_seen);
  std::string text = "retry: 2000\n\n";
  while (!error) {
    const Hub::News news = shared.hub.since(last);
    last = news.last;
    text += news.text;
    if (text.empty()) text = ": still here\n\n";
    beast::get_lowest_layer(stream).expires_after(silence);
    co_await asio::async_write(stream, asio::buffer(text),
                               asio::redirect_error(asio::use_awaitable, error));
    text.clear();
    if (error || !shared.hub.since(last).text.empty()) continue;
    timer->expires_after(between_beats);
    error_code woken;
    co_await timer->async_wait(asio::redirect_error(asio::use_awaitable, woken));
  }
}

unsigned status_of(const error_code& error) {
  if (error == http::error::body_limit) return 413;
  if (error == http::error::header_limit) return 431;
  return error.category() == http::make_error_code(http::error::bad_target).category() ? 400 : 0;
}

template <class Stream>
asio::awaitable<void> refuse(Stream& stream, Shared& shared, unsigned status) {
  Response response;
  response.status = static_cast<int>(status);
  response.body = std::make_shared<const std::string>(
      R"({"error":"that is no request this room can read","problems":[]})");
  const Message message = message_of(response, Request(), shared.secure, false);
  co_await send(stream, message, false);
}

template <class Stream>
asio::awaitable<void> converse(Stream& stream, Shared& shared) {
  beast::flat_buffer buffer;
  for (bool keep = true; keep;) {
    http::request_parser<http::string_body> parser;
    parser.header_limit(header_limit);
    parser.body_limit(body_limit);
    beast::get_lowest_layer(stream).expires_after(silence);
    error_code error;
    co_await http::async_read(stream, buffer, parser,
                              asio::redirect_error(asio::use_awaitable, error));
    if (error) {
      const unsigned status = error == http::error::end_of_stream ? 0 : status_of(error);
      if (status != 0) co_await refuse(stream, shared, status);
      break;
    }
    Request request = taken(parser.get());
    request.address =
        sender_of(parser.get(), beast::get_lowest_layer(stream).socket(), shared.proxied);
    beast::get_lowest_layer(stream).expires_never();
    const Response response = co_await answered(shared, request);
    if (response.stream && request.method == "GET") {
      co_await tell_events(stream, shared, request.last_event_id);
      break;
    }
    keep = parser.get().keep_alive();
    const Message message = message_of(response, request, shared.secure, keep);
    beast::get_lowest_layer(stream).expires_after(silence);
    const bool sent = co_await send(stream, message, request.method == "HEAD");
    if (!sent) break;
  }
}

asio::awaitable<void> serve_plain(tcp::socket socket, Shared& shared) {
  const Counted counted(shared.connections);
  beast::tcp_stream stream(std::move(socket));
  co_await converse(stream, shared);
  error_code ignored;
  stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
}

asio::awaitable<void> serve_tls(tcp::socket socket, ssl::context& context, Shared& shared) {
  const Counted counted(shared.connections);
  beast::ssl_stream<beast::tcp_stream> stream(beast::tcp_stream(std::move(socket)), context);
  beast::get_lowest_layer(stream).expires_after(silence);
  error_code error;
  co_await stream.async_handshake(ssl::stream_base::server,
                                  asio::redirect_error(asio::use_awaitable, error));
  if (error) co_return;
  co_await converse(stream, shared);
  beast::get_lowest_layer(stream).expires_after(silence);
  co_await stream.async_shutdown(asio::redirect_error(asio::use_awaitable, error));
}

// An exception of one conversation ends that conversation.
void ended(const std::exception_ptr& failure) {
  try {
    if (failure) std::rethrow_exception(failure);
  } catch (const std::exception& error) {
    fmt::print(stderr, "casus: a connection ended: {}\n", error.what());
  }
}

asio::awaitable<void> accept_all(tcp::acceptor& acceptor, ssl::context* context, Shared& shared) {
  const auto executor = co_await asio::this_coro::executor;
  for (;;) {
    error_code error;
    tcp::socket socket(asio::make_strand(acceptor.get_executor()));
    co_await acceptor.async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
    if (error == asio::error::operation_aborted) co_return;
    if (error) {  // out of files, mostly: wait for some to close
      asio::steady_timer pause(executor, 50ms);
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
      continue;
    }
    if (shared.connections >= most_connections) continue;  // closes it
    socket.set_option(tcp::no_delay(true), error);
    const auto strand = socket.get_executor();
    if (context != nullptr) {
      asio::co_spawn(strand, serve_tls(std::move(socket), *context, shared), ended);
    } else {
      asio::co_spawn(strand, serve_plain(std::move(socket), shared), ended);
    }
  }
}

}  // namespace

struct Listener::Parts {
  Shared shared;
  std::unique_ptr<ssl::context> tls;
  asio::io_context io;
  tcp::acceptor acceptor;
  std::vector<std::thread> threads;
  Parts(const Door& door, Hub& hub, int count) : shared{door, hub}, io(count), acceptor(io) {}
};

Listener::Listener(const ListenOptions& options, const Door& door, Hub& hub)
    : parts_(std::make_unique<Parts>(door, hub, static_cast<int>(options.threads))) {
  parts_->shared.secure = parts_->shared.proxied = options.proxied;
  try {
    if (!options.certificate.empty()) {
      parts_->tls = std::make_unique<ssl::context>(ssl::context::tls_server);
      parts_->tls->set_options(ssl::context::default_workarounds | ssl::context::no_tlsv1 |
                               ssl::context::no_tlsv1_1);
      parts_->tls->use_certificate_chain_file(options.certificate.string());
      parts_->tls->use_private_key_file(options.key.string(), ssl::context::pem);
      parts_->shared.secure = true;
    }
    const tcp::endpoint at(asio::ip::make_address(options.address), options.port);
    parts_->acceptor.open(at.protocol());
    parts_->acceptor.set_option(tcp::acceptor::reuse_address(true));
    parts_->acceptor.bind(at);
    parts_->acceptor.listen();
  } catch (const boost::system::system_error& error) {
    throw IoError(IoError::Kind::uncreatable,
                  fmt::format("cannot listen at {}:{}: {}", options.address, options.port,
                              error.code().message()));
  }
  asio::co_spawn(parts_->io, accept_all(parts_->acceptor, parts_->tls.get(), parts_->shared),
                 ended);
  for (std::size_t i = 0; i < options.threads; ++i) {
    parts_->threads.emplace_back([this] { parts_->io.run(); });
  }
}

Listener::~Listener() {
  parts_->shared.slow.join();
  parts_->io.stop();
  for (auto& thread : parts_->threads) thread.join();
}

std::uint16_t Listener::port() const { return parts_->acceptor.local_endpoint().port(); }

}  // namespace casus::server
