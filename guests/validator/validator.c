// The operations.
#include "validator.h"

enum { MOST_BYTES = 16777216, MOST_RECORDS = 65536 };

PLUGIN(validate) {
  Buffer verdict = { 0 };
  write_verdict(input.at, input.n, &verdict);
  return plugin_buffer(&verdict);
}

PLUGIN(validateMany) {
  Buffer verdicts = { 0 };
  const u8 *at = input.at, *end = at + input.n;
  u32 records = input.n && end[-1] != '\n';
  for (u32 i = 0; i < input.n && input.n <= MOST_BYTES; i++) records += at[i] == '\n';
  if (input.n > MOST_BYTES || records > MOST_RECORDS) {
    write_record_error(SIZE, &verdicts);
    put(&verdicts, "\n");
    return plugin_buffer(&verdicts);
  }
  while (at < end) {
    const u8 *from = at;
    while (at < end && *at != '\n') at++;
    write_verdict(from, at - from, &verdicts);
    put(&verdicts, "\n");
    at++;
  }
  return plugin_buffer(&verdicts);
}

PLUGIN(rules) {
  Buffer all = { 0 };
  write_rules(&all);
  return plugin_buffer(&all);
}
