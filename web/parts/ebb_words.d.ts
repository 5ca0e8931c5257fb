/* The text table, put into the bundle by tools/build.mjs. */
declare module "ebb:words" {
  const table: Record<string, string>;
  export default table;
}
