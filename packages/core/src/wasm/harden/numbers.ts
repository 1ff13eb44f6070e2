/** A list of small numbers that grows: a plain array of them takes twice the room, and ends the process where it gets too long. */
export class Numbers {
  list: Int32Array<ArrayBuffer>;
  length = 0;

  constructor(room = 1024) {
    this.list = new Int32Array(room);
  }

  /** Gives the place it has. */
  push(number: number): number {
    if (this.length === this.list.length) this.#grow();
    this.list[this.length] = number;
    return this.length++;
  }

  three(first: number, second: number, third: number): void {
    if (this.length + 3 > this.list.length) this.#grow();
    const { list, length } = this;
    list[length] = first;
    list[length + 1] = second;
    list[length + 2] = third;
    this.length = length + 3;
  }

  #grow(): void {
    const longer = new Int32Array(this.list.length * 2);
    longer.set(this.list);
    this.list = longer;
  }
}
