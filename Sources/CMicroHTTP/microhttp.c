#include "CMicroHTTP.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

/* What microhttpd.h declares, of what is used here. */
typedef struct MHD_Daemon MHD_Daemon;
typedef struct MHD_Connection MHD_Connection;
typedef struct MHD_Response MHD_Response;
typedef int (*handler)(void *context, MHD_Connection *, const char *path, const char *method,
                       const char *version, const char *data, size_t *data_size, void **state);
enum { header_kind = 1, must_copy = 2, daemon_port = 6 };
/* A thread of its own, which waits with epoll and may be told to let connections rest. */
enum { internal_thread = 8, use_epoll = 512, suspends = 8192 | 1024 };
enum { end_of_options = 0, connection_limit = 2, socket_address = 6 };
const ssize_t svm_http_stream_end = -1;

#define CALLS(F)                                                                                   \
  F(MHD_Daemon *, MHD_start_daemon,                                                                \
    (unsigned flags, uint16_t port, void *accept, void *accept_context, handler, void *context,    \
     ...))                                                                                         \
  F(void, MHD_stop_daemon, (MHD_Daemon *))                                                         \
  F(const uint16_t *, MHD_get_daemon_info, (MHD_Daemon *, int kind, ...))                          \
  F(const char *, MHD_lookup_connection_value, (MHD_Connection *, int kind, const char *name))     \
  F(MHD_Response *, MHD_create_response_from_buffer, (size_t, void *, int mode))                   \
  F(MHD_Response *, MHD_create_response_from_callback,                                             \
    (uint64_t size, size_t block, svm_http_next, void *context, void (*release)(void *)))          \
  F(int, MHD_add_response_header, (MHD_Response *, const char *, const char *))                    \
  F(int, MHD_queue_response, (MHD_Connection *, unsigned status, MHD_Response *))                  \
  F(void, MHD_destroy_response, (MHD_Response *))                                                  \
  F(void, MHD_suspend_connection, (MHD_Connection *))                                              \
  F(void, MHD_resume_connection, (MHD_Connection *))

#define POINTER(result, name, parameters) static result(*name) parameters;
CALLS(POINTER)

static int is_there = 0;

static void open_library(void) {
  void *library = dlopen("libmicrohttpd.so.12", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
#define FIND(result, name, parameters)                                                             \
  name = (result(*) parameters)dlsym(library, #name);                                              \
  if (!name) return;
  CALLS(FIND)
  is_there = 1;
}

int svm_http_is_there(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, open_library);
  return is_there;
}

struct svm_http_server {
  MHD_Daemon *daemon;
  svm_http_answer answer;
  void *context;
};

struct svm_http_request {
  MHD_Connection *connection;
  const char *path;
  const char *method;
  int result;
};

static int handle(void *context, MHD_Connection *connection, const char *path, const char *method,
                  const char *version, const char *data, size_t *data_size, void **state) {
  (void)version, (void)data, (void)data_size, (void)state;
  const svm_http_server *server = context;
  svm_http_request request = {connection, path, method, 0};
  server->answer(server->context, &request);
  return request.result;
}

svm_http_server *svm_http_start(uint16_t port, unsigned connections, svm_http_answer answer,
                                void *context) {
  svm_http_server *server = malloc(sizeof *server);
  if (!server) return NULL;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  server->answer = answer;
  server->context = context;
  errno = 0;
  server->daemon = MHD_start_daemon(
      internal_thread | use_epoll | suspends, port, NULL, NULL, handle, server, connection_limit,
      connections, socket_address, (struct sockaddr *)&address, end_of_options);
  if (!server->daemon) {
    int reason = errno ? errno : EADDRINUSE;
    free(server);
    errno = reason;
    return NULL;
  }
  return server;
}

uint16_t svm_http_port(const svm_http_server *server) {
  const uint16_t *port = MHD_get_daemon_info(server->daemon, daemon_port);
  return port ? *port : 0;
}

void svm_http_stop(svm_http_server *server) {
  MHD_stop_daemon(server->daemon);
  free(server);
}

const char *svm_http_method(const svm_http_request *request) { return request->method; }

const char *svm_http_path(const svm_http_request *request) { return request->path; }

const char *svm_http_header(const svm_http_request *request, const char *name) {
  return MHD_lookup_connection_value(request->connection, header_kind, name);
}

static void queue(svm_http_request *request, unsigned status, svm_http_headers headers,
                  MHD_Response *response) {
  if (!response) return;
  for (; headers[0]; headers += 2) MHD_add_response_header(response, headers[0], headers[1]);
  request->result = MHD_queue_response(request->connection, status, response);
  MHD_destroy_response(response);
}

void svm_http_reply(svm_http_request *request, unsigned status, svm_http_headers headers,
                    const void *bytes, size_t count) {
  queue(request, status, headers,
        MHD_create_response_from_buffer(count, (void *)bytes, must_copy));
}

void svm_http_stream(svm_http_request *request, svm_http_headers headers, svm_http_next next,
                     void (*release)(void *stream), void *stream) {
  MHD_Response *response =
      MHD_create_response_from_callback(UINT64_MAX, 1 << 16, next, stream, release);
  if (!response) release(stream);
  queue(request, 200, headers, response);
}

void *svm_http_connection(const svm_http_request *request) { return request->connection; }

void svm_http_suspend(void *connection) { MHD_suspend_connection(connection); }

void svm_http_resume(void *connection) { MHD_resume_connection(connection); }
