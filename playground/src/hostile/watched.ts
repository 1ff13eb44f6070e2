import type { PoolClass } from "@isopod/core/spi";

/**
 * The same pools, which tell how many instances of all of them are live; each has one memory.
 *
 * @param tell called when one is lent, which is when their number changes
 */
export function watched(Pools: PoolClass, tell: (live: number) => void): PoolClass {
  const pools = new Set<{ readonly size: number }>();
  const look = (): void => tell([...pools].reduce((live, { size }) => live + size, 0));
  return class<T extends { lent: boolean }> extends Pools<T> {
    constructor(...given: ConstructorParameters<typeof Pools<T>>) {
      super(...given);
      pools.add(this);
    }

    override take(): T | undefined {
      const item = super.take();
      look();
      return item;
    }

    override dispose(...given: Parameters<InstanceType<PoolClass>["dispose"]>): void {
      super.dispose(...given);
      pools.delete(this);
      look();
    }
  };
}
