/** What is wrong with a field. */
export type FieldCode = "type" | "length" | "characters" | "format" | "checksum" | "country" | "range" | "calendar";

/** What is wrong with a record as a whole. */
export type RecordCode = "size" | "empty" | "utf8" | "json" | "object";

/** A field's normal form, or its error; undefined where it is absent, or cannot be judged because the country is wrong. */
export type Outcome = { readonly normal: string } | { readonly error: FieldCode } | undefined;

export const right = (normal: string): Outcome => ({ normal });
export const wrong = (error: FieldCode): Outcome => ({ error });

/** The country in force while the other fields of a record are judged. */
export interface Force {
  /** Undefined if there is none. */
  readonly code: string | undefined;
  /** The record names a country, and it is wrong. */
  readonly broken: boolean;
}

/** What becomes of a field that needs a country where none is in force, or none that the field's table knows. */
export const lacking = (force: Force): Outcome => (force.broken ? undefined : wrong("country"));
