/* Pages and events for browsers by libmicrohttpd; see README.md. */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct svm_http_server svm_http_server;
/* A request that is being answered. */
typedef struct svm_http_request svm_http_request;

/* 1 where the library is there, else 0. No other function may be called before it returned 1. */
int svm_http_is_there(void);

/* Answers a request by one of the functions below, in the server's thread. */
typedef void (*svm_http_answer)(void *context, svm_http_request *request);

/* A server on 127.0.0.1, at a port or, for 0, at any free one. NULL where there can be none: errno
 * says why. */
svm_http_server *svm_http_start(uint16_t port, unsigned connections, svm_http_answer answer,
                                void *context);
uint16_t svm_http_port(const svm_http_server *server);
/* Ends all connections; none of them may be suspended. */
void svm_http_stop(svm_http_server *server);

const char *svm_http_method(const svm_http_request *request);
const char *svm_http_path(const svm_http_request *request);
/* The value of a header; NULL where the request has none. */
const char *svm_http_header(const svm_http_request *request, const char *name);

/* Names and values of headers by turns, NULL at the end. */
typedef const char *const *svm_http_headers;

/* Answers with bytes, which are copied. */
void svm_http_reply(svm_http_request *request, unsigned status, svm_http_headers headers,
                    const void *bytes, size_t count);

/* The next bytes of a stream: their number; 0 after `svm_http_suspend`; or the end. */
typedef ssize_t (*svm_http_next)(void *stream, uint64_t place, char *bytes, size_t room);
extern const ssize_t svm_http_stream_end;

/* Answers with what `next` gives until it says that this was all. `release` is called at the end,
 * also where nothing was sent. */
void svm_http_stream(svm_http_request *request, svm_http_headers headers, svm_http_next next,
                     void (*release)(void *stream), void *stream);

/* The connection of a request, for the stream that answers it. */
void *svm_http_connection(const svm_http_request *request);
/* Rests a connection, called by its `next`, and goes on with it, called by anyone. */
void svm_http_suspend(void *connection);
void svm_http_resume(void *connection);
