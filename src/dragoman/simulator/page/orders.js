// The control API, and nothing else.

async function ask(method, path, body) {
  const answer = await fetch(`/control${path}`, {
    method,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const decoded = await answer.json();
  if (!answer.ok) throw new Error(decoded.error);
  return decoded;
}

export const everybody = () => ask("GET", "/everybody");

export const phone = (who) => ask("GET", `/phone?${new URLSearchParams(who)}`);

export const newCustomer = (platform, name) => {
  const [firstName, ...others] = name.trim().split(/\s+/u);
  const lastName = others.join(" ") || null;
  return ask("POST", "/customers", { platform, first_name: firstName, last_name: lastName, with_picture: true });
};

export const does = (who, act) => ask("POST", "/does", { ...who, act });

export const says = (who, texts, gapSeconds) =>
  ask("POST", "/says", { ...who, texts, gap_seconds: gapSeconds });
