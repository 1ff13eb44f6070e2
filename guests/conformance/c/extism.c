#include "extism.h"
#include "operations.h"
#include "text.h"

static int answer(Bytes in, Bytes out) {
  extism_output(out);
  free(in.at);
  free(out.at);
  return DONE;
}

#define DEFINE(name) \
  OPERATION(name) { \
    Bytes in = extism_input(); \
    return answer(in, op_##name(in)); \
  }
FOR_EACH_OPERATION(DEFINE)

// The input as a block, for the imports that take one.
static Offset input_block(void) {
  Bytes in = extism_input();
  Offset block = extism_store(in);
  free(in.at);
  return block;
}

OPERATION(fail) {
  error_set(input_block());
  return FAILED;
}

OPERATION(oob) {
  output_set(1ull << 40, NOWHERE_BYTES);
  return DONE;
}

IMPORT("extism:host/user", reverse) Offset reverse(Offset block);
OPERATION(host) {
  Offset reply = reverse(input_block());
  output_set(reply, block_length(reply));
  return DONE;
}

OPERATION(log) {
  Offset text = input_block();
  log_info(text);
  block_free(text);
  return DONE;
}

// Counts in the variable "n", which outlives the instance.
OPERATION(var) {
  Offset key = extism_store(LITERAL("n")), old = var_get(key);
  Bytes before = old ? extism_load(old) : (Bytes){ 0, 0 };
  Bytes after = decimal(parse(before) + 1);
  var_set(key, extism_store(after));
  return answer(before, after);
}

OPERATION(config) {
  Offset value = config_get(input_block());
  output_set(value, value ? block_length(value) : 0);
  return DONE;
}
