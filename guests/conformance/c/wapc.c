#include "wapc.h"
#include "operations.h"

static u32 answer(Bytes out) {
  guest_response(out.at, out.n);
  free(out.at);
  return DONE;
}

static u32 fail(Bytes message) {
  guest_error(message.at, message.n);
  return FAILED;
}

static u32 oob(Bytes) {
  guest_response((u8 *)NOWHERE, NOWHERE_BYTES);
  return DONE;
}

static u32 host(Bytes in) {
  Bytes binding = LITERAL("b"), space = LITERAL("test"), operation = LITERAL("reverse");
  u32 done = host_call(binding.at, binding.n, space.at, space.n, operation.at, operation.n, in.at, in.n);
  u32 n = done ? host_response_len() : host_error_len();
  Bytes reply = { malloc(n), n };
  if (done) {
    host_response(reply.at);
    return answer(reply);
  }
  host_error(reply.at);
  fail(reply);
  free(reply.at);
  return FAILED;
}

static u32 log_line(Bytes in) {
  console_log(in.at, in.n);
  return DONE;
}

static bool is(Bytes operation, Bytes name) {
  if (operation.n != name.n) return false;
  for (u32 i = 0; i < name.n; i++) if (operation.at[i] != name.at[i]) return false;
  return true;
}

static u32 dispatch(Bytes operation, Bytes in) {
#define SERVE(name) if (is(operation, LITERAL(#name))) return answer(op_##name(in));
  FOR_EACH_OPERATION(SERVE)
  if (is(operation, LITERAL("fail"))) return fail(in);
  if (is(operation, LITERAL("oob"))) return oob(in);
  if (is(operation, LITERAL("host"))) return host(in);
  if (is(operation, LITERAL("log"))) return log_line(in);
  return fail(LITERAL("no such operation"));
}

EXPORT(__guest_call) u32 guest_call(u32 operation_length, u32 payload_length) {
  Bytes operation = { malloc(operation_length), operation_length }, payload = { malloc(payload_length), payload_length };
  guest_request(operation.at, payload.at);
  u32 done = dispatch(operation, payload);
  free(operation.at);
  free(payload.at);
  return done;
}
