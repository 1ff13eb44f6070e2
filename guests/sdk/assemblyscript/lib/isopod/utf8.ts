/**
 * Whether memory holds UTF-8, without overlong forms, surrogates or anything above U+10FFFF. The compiler's own decoder takes
 * whatever comes, and what it makes of it differs from what other languages make of it.
 */
export function checkUtf8(at: usize, n: usize): bool {
  const end = at + n;
  while (at < end) {
    if (end - at >= 8 && (load<u64>(at) & 0x8080808080808080) == 0) {
      at += 8;
      continue;
    }
    const first = <u32>load<u8>(at++);
    if (first < 0x80) continue;
    // How many bytes follow, and the range of the first of them.
    let more: usize = 1;
    let least: u32 = 0x80;
    let most: u32 = 0xbf;
    if (first < 0xc2 || first > 0xf4) return false;
    if (first >= 0xe0) more = first < 0xf0 ? 2 : 3;
    if (first == 0xe0) least = 0xa0;
    else if (first == 0xed) most = 0x9f;
    else if (first == 0xf0) least = 0x90;
    else if (first == 0xf4) most = 0x8f;
    if (end - at < more) return false;
    const second = <u32>load<u8>(at++);
    if (second < least || second > most) return false;
    while (--more) if ((load<u8>(at++) & 0xc0) != 0x80) return false;
  }
  return true;
}
