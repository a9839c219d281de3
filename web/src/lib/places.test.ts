import { describe, expect, test } from "vitest";
import { coordinates, placeIn } from "./places.ts";

const at = (latitude: number, longitude: number, title: string | null = null) => ({
  latitude,
  longitude,
  title,
});

describe("a place is read from", () => {
  test.each([
    ["52.5163, 13.3777", at(52.5163, 13.3777)],
    ["-33.8568 151.2153", at(-33.8568, 151.2153)],
    ["52,5163; 13,3777", at(52.5163, 13.3777)],
    [`52°30'59"N 13°22'40"E`, at(52.516389, 13.377778)],
    ["33°51′24″S, 151°12′55″E", at(-33.856667, 151.215278)],
    ["geo:48.2010,16.3695;u=40", at(48.201, 16.3695)],
    ["geo:0,0?q=48.2010,16.3695(Caf%C3%A9%20Central)", at(48.201, 16.3695, "Café Central")],
    [
      "https://www.google.com/maps/place/Brandenburg+Gate/@52.5162746,13.3755153,17z/data=!3m1!4b1!4m6!3m5!1s0x47!8m2!3d52.5162746!4d13.3777041!16zL20",
      at(52.5162746, 13.3777041, "Brandenburg Gate"),
    ],
    ["https://www.google.de/maps/@48.1371,11.5754,15z", at(48.1371, 11.5754)],
    ["https://maps.google.com/?q=48.1371,11.5754", at(48.1371, 11.5754)],
    ["https://www.google.com/maps/search/?api=1&query=48.1371%2C11.5754", at(48.1371, 11.5754)],
    [
      `https://www.google.com/maps/place/48%C2%B008'13.6%22N+11%C2%B034'31.4%22E/@48.137,11.575,17z`,
      at(48.137, 11.575),
    ],
    ["https://maps.apple.com/?ll=50.894967,4.341626&q=Atomium", at(50.894967, 4.341626, "Atomium")],
    [
      "https://maps.apple.com/place?coordinate=50.894967,4.341626&name=Atomium",
      at(50.894967, 4.341626, "Atomium"),
    ],
    ["https://www.openstreetmap.org/?mlat=59.9139&mlon=10.7522#map=16/59.9/10.7", at(59.9139, 10.7522)],
    ["https://www.openstreetmap.org/#map=19/59.91390/10.75220", at(59.9139, 10.7522)],
    ["Beans & Co\nhttps://maps.google.com/?q=48.1371,11.5754", at(48.1371, 11.5754)],
    ["openstreetmap.org/#map=19/59.91390/10.75220", at(59.9139, 10.7522)],
  ])("%s", (written, place) => {
    expect(placeIn(written)).toEqual(place);
  });
});

describe("no place is found in", () => {
  test.each([
    "",
    "the old mill",
    "91, 13",
    "52.5, 181",
    "https://example.com/?q=48.1371,11.5754",
    "https://notgoogle.example/maps/@48.1,11.5",
    "https://www.google.com/maps/place/Berlin",
    "javascript:alert(1)",
    "https://www.google.com/maps/place/%E0%A4%A",
  ])("%s", (written) => {
    expect(placeIn(written)).toBe("none");
  });

  test("a short link, which only its own site can follow", () => {
    expect(placeIn("https://maps.app.goo.gl/Xy7")).toBe("short");
    expect(placeIn("https://goo.gl/maps/Xy7")).toBe("short");
    expect(placeIn("https://osm.org/go/0MFCrq")).toBe("short");
  });
});

test("coordinates are written as maps read them, whatever the language", () => {
  expect(coordinates({ latitude: 52.51627463, longitude: -13.5 })).toBe("52.516275, -13.5");
});
