/* What tools/build.mjs puts into the bundle of the lab. */
declare module "ebb:languages" {
  const tables: { en: Record<string, string>; de: Record<string, string> };
  export default tables;
}

/* The worker of the fan, as text. */
declare module "ebb:worker" {
  const program: string;
  export default program;
}
