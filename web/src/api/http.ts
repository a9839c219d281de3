/** How requests leave the browser: the real network, or a scripted one in tests. */
export interface Transport {
  readonly fetch: (address: string, init: RequestInit) => Promise<Response>;
  readonly upload: (upload: Upload) => Promise<Response>;
}

export interface Upload {
  readonly address: string;
  readonly file: Blob;
  readonly headers: Readonly<Record<string, string>>;
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/** What the server refused, or why it could not be asked. `code` is what the catalogues translate. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }

  /** True when the request may not have reached the server, so that asking again is the thing to do. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status > 500;
  }

  /** True when something between us and the server has answered: a proxy, or a network that wants one to sign in. */
  get isForeign(): boolean {
    return this.code.startsWith("http_");
  }

  /** True when our own server says that nobody is signed in. */
  get isSignedOut(): boolean {
    return this.code === "signed_out";
  }
}

const TIMEOUT_MILLISECONDS = 15_000;

/** The requests of `Http`, perhaps each under a key. */
export type Asking = Pick<Http, "get" | "post" | "upload" | "stream">;

/** Under which key something is asked for, and who hears by which number the stream will tell of it. */
interface Once {
  readonly key: string;
  readonly onSeq: (seq: number) => void;
}

/** On the answer of what was asked for under a key. */
const SEQ_HEADER = "Dragoman-Seq";

/** Speaks JSON with our own server. Everything that fails does so as an `ApiError`. */
export class Http {
  csrfToken = "";
  /** Whose page this is, as far as we know. */
  accountId: string | null = null;
  onSignedOut: () => void = () => {};
  private readonly transport: Transport;
  private readonly onAnswer: (answer: Response) => void;

  constructor(transport: Transport, onAnswer: (answer: Response) => void = () => {}) {
    this.transport = transport;
    this.onAnswer = onAnswer;
  }

  async get<Answer>(address: string, signal?: AbortSignal): Promise<Answer> {
    return this.ask<Answer>(address, { method: "GET" }, signal);
  }

  async post<Answer>(address: string, body?: unknown, once?: Once): Promise<Answer> {
    const send = () => {
      const headers = {
        "Content-Type": "application/json",
        ...this.proof(),
        ...(once ? { "Idempotency-Key": once.key } : {}),
      };
      const init = { method: "POST", headers, body: JSON.stringify(body ?? {}) };
      return this.ask<Answer>(address, init, undefined, once?.onSeq);
    };
    return this.withFreshToken(send);
  }

  /** The same, but what it posts is done once by the server, however often it is posted under this key. */
  under(key: string, onSeq: (seq: number) => void): Asking {
    return {
      get: (address, signal) => this.get(address, signal),
      post: (address, body) => this.post(address, body, { key, onSeq }),
      upload: (upload) => this.upload(upload),
      stream: (address, signal) => this.stream(address, signal),
    };
  }

  async upload<Answer>(upload: Omit<Upload, "headers">): Promise<Answer> {
    return this.withFreshToken(async () => {
      const headers = { "Content-Type": "application/octet-stream", ...this.proof() };
      return this.answerOf<Answer>(() => this.transport.upload({ ...upload, headers }));
    });
  }

  /** A long answer that is read piece by piece: no time-out of ours, the reader watches over it. */
  async stream(address: string, signal: AbortSignal): Promise<Response> {
    const answer = await reached(() =>
      this.transport.fetch(address, { signal, headers: { Accept: "text/event-stream" }, cache: "no-store" }),
    );
    if (!answer.ok) throw await this.refusal(answer);
    return answer;
  }

  /**
   * The token changes with every sign-in, in another tab as well: a refused one is asked for again, once. A page that
   * was opened from what it had kept has none yet, and asks before it is refused.
   */
  private async withFreshToken<Answer>(send: () => Promise<Answer>): Promise<Answer> {
    if (this.accountId && !this.csrfToken) await this.learnToken();
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "csrf") throw error;
      await this.learnToken();
      return send();
    }
  }

  /** Unless it is somebody else's by now, in whose name nothing of this page is done. */
  private async learnToken(): Promise<void> {
    const me = await this.get<{ csrf_token: string; account: { id: string } }>("/api/me");
    if (this.accountId && me.account.id !== this.accountId) throw this.isSomebodyElses();
    this.csrfToken = me.csrf_token;
  }

  private ask<Answer>(
    address: string,
    init: RequestInit,
    given?: AbortSignal,
    onSeq?: Once["onSeq"],
  ): Promise<Answer> {
    const timeout = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
    const signal = given ? AbortSignal.any([given, timeout]) : timeout;
    const send = () => this.transport.fetch(address, { ...init, signal, cache: "no-store" });
    return this.answerOf<Answer>(send, onSeq);
  }

  private async answerOf<Answer>(send: () => Promise<Response>, onSeq?: Once["onSeq"]): Promise<Answer> {
    const answer = await reached(send);
    this.onAnswer(answer);
    if (!answer.ok) throw await this.refusal(answer);
    onSeq?.(Number(answer.headers.get(SEQ_HEADER)));
    if (answer.status === 204) return undefined as Answer;
    return reached(async () => (await answer.json()) as Answer);
  }

  private async refusal(answer: Response): Promise<ApiError> {
    const body = await answer.json().catch(() => null);
    const { code = `http_${answer.status}`, message = answer.statusText, ...details } = body?.error ?? {};
    const refusal = new ApiError(answer.status, code, message, details);
    if (refusal.isSignedOut) this.onSignedOut();
    return refusal;
  }

  private isSomebodyElses(): ApiError {
    this.onSignedOut();
    return new ApiError(401, "signed_out", "somebody else has signed in");
  }

  private proof(): Record<string, string> {
    return { "X-CSRF-Token": this.csrfToken };
  }
}

async function reached<Answer>(send: () => Promise<Answer>): Promise<Answer> {
  try {
    return await send();
  } catch (error) {
    throw new ApiError(0, "unreachable", error instanceof Error ? error.message : String(error));
  }
}
