// Reads JUnit XML as a server of tests would, and prints the counts it came to.
import fs from "node:fs";
import { parse } from "junit2json";

const { testsuite } = await parse(fs.readFileSync(process.argv[2], "utf8"));
const cases = testsuite.flatMap((suite) => suite.testcase ?? []);
const counted = (kind) => cases.filter((test) => test[kind]?.length).length;
console.log(JSON.stringify({ suites: testsuite.length, tests: cases.length, failure: counted("failure"), error: counted("error"), skipped: counted("skipped") }));
