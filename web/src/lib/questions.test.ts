import { expect, test } from "vitest";
import { asksSomething } from "./questions.ts";

test.each([
  "Friday 2 pm?",
  "黑色的可以吗",
  "您住在哪里呢。",
  "請問可以寄到台中嗎",
  "明日届きますか。",
  "좋을까",
  "언제 도착하나요",
  "هل تريد اللون الأسود؟",
  "Τι ώρα;",
  "ราคาเท่านี้ได้ไหม",
  "これでいいですか😊",
])("%s asks something", (text) => {
  expect(asksSomething(text)).toBe(true);
});

test.each([
  "On its way!",
  "",
  "Look here: https://example.com/?colour=black",
  "black; 60 cm",
  "か行のランプです",
  "쏙 들어갑니다.",
])("%s asks nothing", (text) => {
  expect(asksSomething(text)).toBe(false);
});
