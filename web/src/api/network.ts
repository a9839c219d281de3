import type { Transport, Upload } from "./http.ts";

const UPLOAD_TIMEOUT_MILLISECONDS = 300_000;

/** The real network. Uploads go by XMLHttpRequest, since fetch does not tell how far one has come. */
export const network: Transport = {
  fetch: (address, init) => fetch(address, { ...init, credentials: "same-origin" }),
  upload,
};

function upload({ address, file, headers, onProgress, signal }: Upload): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.timeout = UPLOAD_TIMEOUT_MILLISECONDS;
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => onProgress(event.total ? event.loaded / event.total : 0);
    request.onload = () => resolve(new Response(request.responseText, { status: request.status }));
    request.onerror = () => reject(new Error("the connection broke while uploading"));
    request.ontimeout = () => reject(new Error("the upload took longer than five minutes"));
    request.onabort = () => reject(new Error("the upload was stopped"));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
