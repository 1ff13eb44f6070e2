// What a meter costs is seen where nothing else is done: four small programs without so much as a bounds check, each
// given how often to do its work.

const SIDE = 128;
const SIZE = 1 << 20;
const left = new StaticArray<f64>(SIDE * SIDE);
const right = new StaticArray<f64>(SIDE * SIDE);
const product = new StaticArray<f64>(SIDE * SIDE);
const bytes = new StaticArray<u8>(SIZE);

/** Three nested loops over doubles. */
export function matmul(times: i32): f64 {
  for (let index = 0; index < SIDE * SIDE; index++) {
    unchecked((left[index] = f64(index % 7)));
    unchecked((right[index] = f64(index % 5)));
  }
  for (let time = 0; time < times; time++) {
    for (let row = 0; row < SIDE; row++) {
      for (let column = 0; column < SIDE; column++) {
        let sum: f64 = 0;
        for (let index = 0; index < SIDE; index++) sum += unchecked(left[row * SIDE + index]) * unchecked(right[index * SIDE + column]);
        unchecked((product[row * SIDE + column] = sum));
      }
    }
  }
  return unchecked(product[77]);
}

/** Counts words in a megabyte of text. */
export function scan(times: i32): i32 {
  for (let index = 0; index < SIZE; index++) unchecked((bytes[index] = u8(index * 7 + (index >> 5))));
  let words = 0;
  for (let time = 0; time < times; time++) {
    let inside = false;
    for (let index = 0; index < SIZE; index++) {
      const code = unchecked(bytes[index]);
      const letter = code > 64 && code < 123;
      if (letter && !inside) words++;
      inside = letter;
    }
  }
  return words;
}

/** Counts primes below a million. */
export function sieve(times: i32): i32 {
  let primes = 0;
  for (let time = 0; time < times; time++) {
    primes = 0;
    for (let index = 2; index < SIZE; index++) unchecked((bytes[index] = 1));
    for (let index = 2; index < SIZE; index++) {
      if (!unchecked(bytes[index])) continue;
      primes++;
      for (let multiple = index + index; multiple < SIZE; multiple += index) unchecked((bytes[multiple] = 0));
    }
  }
  return primes;
}

/** Nothing but calls. */
export function fib(n: i32): i32 {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}
