// What a plugin may ask of its host, all in one.
#include <isopod.h>

// The application's: how somebody is called.
HOST_FUNCTION(reverse);

PLUGIN(greet) {
  plugin_log(LEVEL_DEBUG, plugin_literal("greet was called"));
  if (!input.n) return plugin_error("nobody to greet");
  Bytes greeting;
  if (!plugin_config("greeting", &greeting)) {
    plugin_log(LEVEL_WARN, plugin_literal("no greeting is configured"));
    greeting = plugin_literal("Hello");
  }
  Bytes called = reverse(input);
  Buffer line = { 0 }, answer = { 0 };
  buffer_add_text(&line, "greeting ");
  buffer_add(&line, called);
  plugin_log(LEVEL_INFO, (Bytes){ line.at, line.n });
  buffer_add(&answer, greeting);
  buffer_add_text(&answer, ", ");
  buffer_add(&answer, called);
  buffer_add_text(&answer, "!");
  return plugin_buffer(&answer);
}

PLUGIN(echo) { return plugin_bytes(input.at, input.n); }

// One line of each level.
PLUGIN(levels) {
  for (Level level = LEVEL_TRACE; level <= LEVEL_ERROR; level++) plugin_log(level, input);
  return plugin_text("");
}
