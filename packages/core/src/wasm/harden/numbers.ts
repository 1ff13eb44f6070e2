/** A list of small numbers that grows: a plain array of them takes twice the room, and ends the process where it gets too long. */
export class Numbers {
  list: Int32Array<ArrayBuffer> = new Int32Array(1024);
  length = 0;

  /** Gives the place it has. */
  push(number: number): number {
    if (this.length === this.list.length) {
      const longer = new Int32Array(this.length * 2);
      longer.set(this.list);
      this.list = longer;
    }
    this.list[this.length] = number;
    return this.length++;
  }
}
