// The operations: (pointer, length) of the input in, pointer << 32 | length of the answer out. The answer is valid until the next
// call. Should the memory be exhausted, the answer is 0, which no rule gives for an input that is not empty.
#include "validator.h"

enum { MOST_BYTES = 16777216, MOST_RECORDS = 65536 };

static Out answer;

static u64 finish(bool complete) { return complete ? (u64)(u32)answer.at << 32 | answer.n : 0; }

__attribute__((export_name("validate"))) u64 validate(const u8 *record, u32 n) {
  answer.n = 0;
  return finish(write_verdict(record, n, &answer));
}

static bool end_line(bool complete) {
  if (complete) put(&answer, "\n");
  return complete;
}

__attribute__((export_name("validateMany"))) u64 validate_many(const u8 *at, u32 n) {
  const u8 *end = at + n;
  answer.n = 0;
  u32 records = n && end[-1] != '\n';
  for (u32 i = 0; i < n && n <= MOST_BYTES; i++) records += at[i] == '\n';
  if (n > MOST_BYTES || records > MOST_RECORDS) return finish(end_line(write_record_error(SIZE, &answer)));
  while (at < end) {
    const u8 *from = at;
    while (at < end && *at != '\n') at++;
    if (!end_line(write_verdict(from, at - from, &answer))) return 0;
    at++;
  }
  return finish(true);
}

__attribute__((export_name("rules"))) u64 rules(const u8 *ignored, u32 n) {
  answer.n = 0;
  return finish(write_rules(&answer));
}
