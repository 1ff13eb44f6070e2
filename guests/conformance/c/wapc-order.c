// Records in which order a host calls the initialisers, and answers it to the operation "order". `_start` ends as
// TinyGo's does, by leaving the program with success.
#include "wapc.h"
#include "wasi.h"

static u8 order[64];
static u32 length;

static void record(Bytes name) {
  if (length) order[length++] = ',';
  copy(order + length, name.at, name.n);
  length += name.n;
}

EXPORT(_start) void start(void) {
  record(LITERAL("start"));
  proc_exit(0);
}

EXPORT(_initialize) void initialize(void) { record(LITERAL("init")); }

EXPORT(wapc_init) void init(void) { record(LITERAL("wapc")); }

EXPORT(__guest_call) u32 guest_call(u32 operation_length, u32 payload_length) {
  u8 operation[5], payload[64];
  if (operation_length != sizeof operation || payload_length > sizeof payload) {
    Bytes message = LITERAL("the only operation is order");
    guest_error(message.at, message.n);
    return FAILED;
  }
  guest_request(operation, payload);
  guest_response(order, length);
  return DONE;
}
