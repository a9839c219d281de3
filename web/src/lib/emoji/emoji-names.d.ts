declare module "emoji-names:*" {
  /** Of each emoji its name, then other words that it is found by. */
  const names: Readonly<Record<string, readonly string[]>>;
  export default names;
}
