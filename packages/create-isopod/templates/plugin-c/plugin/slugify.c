#include <isopod.h>

// A title as the end of an address: "Hello, World!" becomes "hello-world".
PLUGIN(slugify) {
  Buffer slug = { 0 };
  bool gap = false;
  while (input.n) {
    uint32_t c = plugin_next(&input);
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      if (gap) buffer_add_byte(&slug, '-');
      gap = false;
      buffer_add_byte(&slug, c);
    } else {
      gap = slug.n > 0;
    }
  }
  return plugin_buffer(&slug);
}
