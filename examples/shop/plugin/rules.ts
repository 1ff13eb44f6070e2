// What the shop asks of an order. Change a rule and save:
// the page, the edge and Node follow.

const MOST_PIECES: i32 = 5;
const VOUCHER = "SPRING";

/** What is wrong with a field; nothing, if it is right. */
function rule(field: string, value: string): string {
  if (field == "name") {
    return value.trim().length > 1 ? "" : "Who shall get it?";
  }
  if (field == "email") {
    const at = value.indexOf("@");
    const dot = value.lastIndexOf(".");
    return at > 0 && dot > at + 1 && dot < value.length - 2
      ? "" : "Like ada@example.com.";
  }
  if (field == "postcode") {
    return value.length == 5 && digits(value)
      ? "" : "A postcode has five digits.";
  }
  if (field == "pieces") {
    if (!digits(value)) return "How many?";
    const pieces = parseInt(value);
    return pieces >= 1 && pieces <= MOST_PIECES
      ? "" : "From 1 to " + MOST_PIECES.toString() + " pieces.";
  }
  if (field == "voucher") {
    return value.length == 0 || value.startsWith(VOUCHER)
      ? "" : "Vouchers begin with " + VOUCHER + ".";
  }
  return "The shop does not ask for this.";
}

function digits(text: string): bool {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 48 || c > 57) return false;
  }
  return text.length > 0;
}

/** Lines of `field=value` in; `field=what is wrong` out. */
export function check(order: string): string {
  const lines = order.split("\n");
  let wrong = "";
  for (let i = 0; i < lines.length; i++) {
    const cut = lines[i].indexOf("=");
    if (cut < 0) continue;
    const field = lines[i].substring(0, cut);
    const said = rule(field, lines[i].substring(cut + 1));
    if (said.length > 0) wrong += field + "=" + said + "\n";
  }
  return wrong;
}
