"use client";

import { createHost } from "isopod";
import { useEffect, useState } from "react";

const record = { iban: "DE89 3704 0044 0532 0130 00", country: "AT", postcode: "1010" };

export default function Verdict() {
  const [verdict, setVerdict] = useState();
  useEffect(() => {
    const host = createHost();
    host
      .load(new URL("./validator.wasm", import.meta.url))
      .then((validator) => validator.call("validate", record, { as: "json" }))
      .then(setVerdict);
    return () => host.dispose();
  }, []);

  return <output>{verdict && JSON.stringify(verdict)}</output>;
}
