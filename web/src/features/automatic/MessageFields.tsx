import type { ReactNode } from "react";
import { useIntl } from "react-intl";
import type { Automatic, AutomaticMessage } from "../../api/shapes.ts";
import { filled, nameGap, SOMEBODY, saidBack } from "../../lib/gaps.ts";
import { languageName } from "../../lib/languages.ts";
import { lengthOf } from "../../lib/splitting.ts";
import { languageOptions } from "../../lib/spoken-languages.ts";
import { useText } from "../../lib/text.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Switch } from "../../ui/Checkbox.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import { SaidPreview } from "../../ui/SaidPreview.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { EVERYWHERE, NOTHING, placeOf, type Source, textsOf } from "./editing.ts";

const LONGEST = 2_000;
const NEARLY = 0.8 * LONGEST;
/** What is longer than may be said is kept until its author has shortened it. */
const KEPT = 20_000;
const MOST_LANGUAGES = 30;

interface Props {
  readonly source: Source;
  readonly where: string;
  /** Null: as everywhere. */
  readonly message: AutomaticMessage | null;
  readonly everywhere: AutomaticMessage;
  readonly onChange: (message: AutomaticMessage | null) => void;
  readonly back: Automatic["back"];
  readonly problems: Readonly<Record<string, string>>;
  readonly isFixed: boolean;
  readonly children?: ReactNode;
}

/** One message: whether it is said, and its words in each language. */
export function MessageFields({
  source,
  where,
  message,
  everywhere,
  onChange,
  back,
  problems,
  isFixed,
  children,
}: Props) {
  const text = useText();
  const { locale } = useIntl();
  const shown = message ?? everywhere;
  const problem = problems[where === EVERYWHERE ? source : `${source}:${where}`];
  const turn = (isOn: boolean) => {
    const texts = textsOf(shown);
    const begun = { language: locale, text: text(`automatic.suggested.${source}`, { back: "{back}" }) };
    onChange({ is_on: isOn, texts: isOn && texts.length === 0 ? [begun] : [...texts] });
  };
  return (
    <fieldset className="automatic-message" disabled={isFixed}>
      <legend>{text(`automatic.${source}`)}</legend>
      {where !== EVERYWHERE && (
        <Switch
          checked={message === null}
          onChange={(isAsEverywhere) => onChange(isAsEverywhere ? null : { ...NOTHING, ...everywhere })}
        >
          {text("automatic.as_everywhere")}
        </Switch>
      )}
      {(where === EVERYWHERE || message) && (
        <Switch checked={shown.is_on ?? false} onChange={turn}>
          {text(`automatic.${source}_on`)}
        </Switch>
      )}
      {children}
      {shown.is_on && message && (
        <Texts
          source={source}
          where={where}
          message={message}
          onChange={onChange}
          back={back}
          problems={problems}
          isFixed={isFixed}
        />
      )}
      {problem && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  );
}

type TextsProps = Omit<Props, "everywhere" | "message" | "children"> & {
  readonly message: AutomaticMessage;
};

function Texts({ source, where, message, onChange, back, problems, isFixed }: TextsProps) {
  const text = useText();
  const { locale } = useIntl();
  const texts = textsOf(message);
  const known = texts.map(({ language }) => language);
  const set = (changed: AutomaticMessage["texts"]) => onChange({ ...message, texts: changed ?? [] });
  return (
    <>
      {texts.map(({ language, text: written }, nth) => {
        const name = languageName(language, locale);
        const length = lengthOf(written);
        const hints = [
          nth === 0 && text("gaps.name", nameGap(text)),
          source === "away" && nth === 0 && text("gaps.back", { gap: "{back}" }),
          length > NEARLY && text("composer.length", { length, max: LONGEST }),
        ];
        const tooLong = length > LONGEST ? text("automatic.too_long", { max: LONGEST }) : undefined;
        return (
          <div key={language} className="automatic-text">
            <TextField
              name={placeOf(source, language, where)}
              label={nth === 0 ? text("automatic.for_everybody", { language: name }) : name}
              hint={hints.filter(Boolean).join(" · ")}
              problem={tooLong ?? problems[placeOf(source, language, where)]}
              lang={language}
              dir="auto"
              rows={2}
              maxLength={KEPT}
              value={written}
              onChange={({ currentTarget: { value } }) =>
                set(texts.map((each) => (each.language === language ? { language, text: value } : each)))
              }
            />
            {!isFixed && texts.length > 1 && (
              <IconButton
                icon="cross"
                label={text("automatic.remove_language", { language: name })}
                onClick={() => set(texts.filter((each) => each.language !== language))}
              />
            )}
            <SaidPreview
              words={filled(written, { name: SOMEBODY, back: saidBack(language, back) })}
              language={language}
              caption={text(`message.said_by.${source}`)}
            />
          </div>
        );
      })}
      {!isFixed && known.length < MOST_LANGUAGES && (
        <Combobox
          label={text("automatic.add_language")}
          options={languageOptions(locale).filter(({ value }) => !known.includes(value))}
          onChoose={(language) => set([...texts, { language, text: "" }])}
          nothing={text("work.no_such_language")}
        />
      )}
    </>
  );
}
