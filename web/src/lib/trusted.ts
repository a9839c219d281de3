/** Browsers that check what becomes a script ask this policy, the one that the page may have. */
interface Policies {
  createPolicy(
    name: string,
    rules: { createScriptURL: (address: string) => string },
  ): { createScriptURL: (address: string) => unknown };
}

const WORKER = "/worker.js";

/** The address of our service worker: the only one that a script is ever loaded from by hand. */
export function workerAddress(): string {
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
  if (!policies) return WORKER;
  const policy = policies.createPolicy("dragoman", {
    createScriptURL: (address) => {
      if (address !== WORKER) throw new TypeError(`no script is loaded from ${address}`);
      return address;
    },
  });
  // Types of browsers know addresses as strings only; what the policy gives is one to them.
  return policy.createScriptURL(WORKER) as string;
}
