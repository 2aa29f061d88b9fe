// Judges JSON by a JSON Schema of draft 2020-12: `node schema.mjs SCHEMA VALUE`.
// Prints one line for each error; nothing where the value holds.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const require = createRequire(join(process.env.KANYIN_JUDGES, "package.json"));
const Ajv = require("ajv/dist/2020").default;

const [schema, value] = process.argv.slice(2, 4).map((file) => JSON.parse(readFileSync(file, "utf8")));
const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);
validate(value);
for (const error of validate.errors ?? []) {
  console.log(`${error.instancePath}: ${error.message} ${JSON.stringify(error.params)}`);
}
