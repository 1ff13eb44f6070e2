/** Given to the compiler as a class: `asc.main(args, { transforms: [IsopodTransform], … })`. */
export default class IsopodTransform {
  afterParse(parser: object): void;
  afterCompile(module: object): void;
}
