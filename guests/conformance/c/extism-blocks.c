#include "extism.h"

Bytes extism_input(void) {
  u64 n = input_length(), i = 0;
  Bytes in = { malloc(n), n };
  for (u64 eight; n - i >= 8; i += 8) {
    eight = input_load_u64(i);
    copy(in.at + i, &eight, 8);
  }
  for (; i < n; i++) in.at[i] = input_load_u8(i);
  return in;
}

Offset extism_store(Bytes bytes) {
  Offset block = block_alloc(bytes.n);
  u32 i = 0;
  for (u64 eight; bytes.n - i >= 8; i += 8) {
    copy(&eight, bytes.at + i, 8);
    store_u64(block + i, eight);
  }
  for (; i < bytes.n; i++) store_u8(block + i, bytes.at[i]);
  return block;
}

Bytes extism_load(Offset block) {
  u64 n = block_length(block), i = 0;
  Bytes out = { malloc(n), n };
  for (u64 eight; n - i >= 8; i += 8) {
    eight = load_u64(block + i);
    copy(out.at + i, &eight, 8);
  }
  for (; i < n; i++) out.at[i] = load_u8(block + i);
  return out;
}

void extism_output(Bytes bytes) { output_set(extism_store(bytes), bytes.n); }

int extism_fail(Bytes message) {
  error_set(extism_store(message));
  return FAILED;
}
