// Functions on numbers, and nothing else.
let calls: i32 = 0;

export function add(a: i32, b: i32): i32 {
  return a + b;
}

export function add64(a: i64, b: i64): i64 {
  return a + b;
}

export function addf(a: f64, b: f64): f64 {
  return a + b;
}

export function trap(): void {
  unreachable();
}

export function count(): i32 {
  return ++calls;
}
