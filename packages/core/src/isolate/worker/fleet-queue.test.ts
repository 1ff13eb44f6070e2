import { describe, expect, test } from "vitest";
import { IsopodError } from "../../errors.ts";
import { DONE } from "./protocol.ts";
import { bytes, FakeWorker, Stage, call, watch } from "./fleet.fixture.ts";

describe("a call", () => {
  test("may not wait, but a further worker may still be started for it", async () => {
    const stage = new Stage({ size: 2 });
    const place = stage.plugin({ queue: 0 });
    await place.warm(undefined);
    const [first, second] = [watch(call(place, "a")), watch(call(place, "b"))];
    expect([await first.now(), await second.now(), stage.workers.length]).toEqual(["pending", "pending", 2]);
    await expect(call(place, "c")).rejects.toMatchObject({ code: "overloaded" });
  });

  test("for which a worker is being started does not wait for one that is busy", async () => {
    const stage = new Stage({ size: 3 });
    const place = stage.plugin({ queue: 1 });
    await place.warm(undefined);
    const all = ["a", "b", "c", "d", "e"].map((input) => watch(call(place, input)));
    expect(await Promise.all(all.map((one) => one.now()))).toEqual(["pending", "pending", "pending", "pending", "overloaded"]);
  });

  test("that waits for a lane is not served after dispose", async () => {
    const stage = new Stage();
    const place = stage.plugin();
    await place.warm(undefined);
    const [first, second] = [watch(call(place, "a")), watch(call(place, "b"))];
    const [worker] = stage.workers as [FakeWorker];
    worker.say(DONE, bytes("A"), undefined);
    place.dispose(new IsopodError("disposed", "gone"));
    expect([await first.now(), await second.now(), worker.posted.length]).toEqual([bytes("A"), "disposed", 1]);
  });
});
