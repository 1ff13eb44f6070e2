#include "extism.h"

// The request is JSON. A URL that needs no escaping is all that this guest is given.
static Offset get(Bytes url) {
  Bytes before = LITERAL("{\"method\":\"GET\",\"url\":\""), after = LITERAL("\"}");
  Bytes json = { malloc(before.n + url.n + after.n), before.n + url.n + after.n };
  copy(json.at, before.at, before.n);
  copy(json.at + before.n, url.at, url.n);
  copy(json.at + before.n + url.n, after.at, after.n);
  Offset block = extism_store(json);
  free(json.at);
  return block;
}

OPERATION(http) {
  Bytes url = extism_input();
  Offset body = http_request(get(url), 0);
  free(url.at);
  int status = http_status_code();
  if (status < 200 || status > 299) return extism_fail(LITERAL("the answer was not a success"));
  output_set(body, body ? block_length(body) : 0);
  return DONE;
}
