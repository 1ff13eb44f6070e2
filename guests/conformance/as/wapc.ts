// The ABI wapc. Memory is taken and freed by hand; texts are constants in memory.
import { guestError, guestRequest, guestResponse, hostCall, hostError, hostErrorLength, hostResponse, hostResponseLength } from "./wapc-imports";
import { upper } from "./upper";

const BINDING = memory.data<u8>([0x62]); // b
const SPACE = memory.data<u8>([0x74, 0x65, 0x73, 0x74]); // test
const REVERSE = memory.data<u8>([0x72, 0x65, 0x76, 0x65, 0x72, 0x73, 0x65]); // reverse
const UNKNOWN = memory.data<u8>([0x75, 0x6e, 0x6b, 0x6e, 0x6f, 0x77, 0x6e]); // unknown

/** Names of operations as their bytes in one number, the first lowest. */
const ECHO: u64 = 0x6f686365;
const UPPER: u64 = 0x7265707075;
const FAIL: u64 = 0x6c696166;
const TRAP: u64 = 0x70617274;
const HOST: u64 = 0x74736f68;
const OOB: u64 = 0x626f6f;

function respond(at: usize, n: usize): bool {
  guestResponse(at, n);
  return true;
}

function refuse(at: usize, n: usize): bool {
  guestError(at, n);
  return false;
}

function host(at: usize, n: usize): bool {
  const done = hostCall(BINDING, 1, SPACE, 4, REVERSE, 7, at, n);
  const length = done ? hostResponseLength() : hostErrorLength();
  const reply = heap.alloc(length);
  if (done) hostResponse(reply);
  else hostError(reply);
  const result = done ? respond(reply, length) : refuse(reply, length);
  heap.free(reply);
  return result;
}

function dispatch(operation: u64, at: usize, n: usize): bool {
  if (operation == TRAP) unreachable();
  if (operation == UPPER) upper(at, at, n);
  if (operation == ECHO || operation == UPPER) return respond(at, n);
  if (operation == FAIL) return refuse(at, n);
  if (operation == HOST) return host(at, n);
  if (operation == OOB) return respond(0xfffffff0, 64);
  return refuse(UNKNOWN, 7);
}

export function __guest_call(operationLength: usize, payloadLength: usize): bool {
  const operation = heap.alloc(max<usize>(operationLength, 8));
  const payload = heap.alloc(payloadLength);
  store<u64>(operation, 0);
  guestRequest(operation, payload);
  const name = operationLength > 8 ? 0 : load<u64>(operation);
  const done = dispatch(name, payload, payloadLength);
  heap.free(operation);
  heap.free(payload);
  return done;
}
