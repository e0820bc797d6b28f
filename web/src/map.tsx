// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { geoBounds, geoConicEqualArea, geoGraticule10, geoPath, type GeoPermissibleObjects, type GeoProjection } from 'd3-geo';
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { feature, mesh } from 'topojson-client';
import baseUrl from '../../assets/basemap/base.topo.json?url';

// The base map is read once and kept.
let base: Promise<{ land: GeoPermissibleObjects; borders: GeoPermissibleObjects; provinces: GeoPermissibleObjects }> | null = null;
function readBase() {
  base ??= fetch(baseUrl).then((r) => r.json()).then((t) => ({
    land: feature(t, t.objects.countries) as GeoPermissibleObjects,
    borders: mesh(t, t.objects.countries, (a, b) => a !== b) as GeoPermissibleObjects,
    provinces: mesh(t, t.objects.admin1, (a, b) => a !== b) as GeoPermissibleObjects,
  }));
  return base;
}

type Shapes = { land: string; borders: string; provinces: string; grid: string };
const drawnOnce = new Map<string, Shapes>();

interface Sight { k: number; x: number; y: number }
const home: Sight = { k: 1, x: 0, y: 0 };
/** What is in the middle of the map, and how near: "48.52 37.71 6", or nothing for all of it. */
export const written = (lat: number, lon: number, k: number) => `${lat.toFixed(2)} ${lon.toFixed(2)} ${Number(k.toPrecision(3))}`;
interface Look { lat: number; lon: number; k: number }
function lookOf(see: string): Look | null {
  const [lat, lon, k] = see.split(' ').map(Number);
  return Number.isFinite(lat) && Number.isFinite(lon) && k >= 0.6 && k <= 40 ? { lat, lon, k } : null;
}
export interface Spots { at: (lon: number, lat: number) => [number, number]; km: (distance: number) => number; k: number; width: number; wide: boolean }

/** Albers' equal-area cone fitted to the points: little distortion over the width of Eurasia. */
function projectionFor(points: { lon: number; lat: number }[], width: number, height: number): GeoProjection {
  const all = points.length > 1 ? points : [{ lon: -10, lat: 30 }, { lon: 140, lat: 60 }];
  const shape = { type: 'MultiPoint', coordinates: all.map((p) => [p.lon, p.lat]) } as GeoPermissibleObjects;
  const [[west, south], [east, north]] = geoBounds(shape);
  const middle = west <= east ? (west + east) / 2 : ((west + east + 360) / 2) % 360;
  const rise = Math.max(north - south, 4);
  // Standard parallels a sixth of the way inside, as in the brief.
  return geoConicEqualArea().parallels([south + rise / 6, north - rise / 6]).rotate([-middle, 0])
    .fitExtent([[30, 40], [width - (width > 600 ? 70 : 40), height - 40]], shape).clipExtent([[-width * 4, -height * 4], [width * 5, height * 5]]);
}

// The map is as large as its place on the page, so that its letters are as large as the page's.
let W = 1000, H = 560;
const sizeFor = (width: number): [number, number] => [Math.max(280, Math.round(width)), Math.round(Math.max(320, Math.min(width * 0.56, window.innerHeight * 0.68)))];
interface Point { id: string; lon: number; lat: number }
/** A map that moves by drag, wheel, touch and keys; what lies on it is drawn by `children`. A button brings `focus` near. */
export function WorldMap({ points, focus, children, see, setSee, label }: {
  points: Point[]; focus: Point[]; see: string; setSee: (see: string) => void; children: (spots: Spots) => ReactNode; label: string;
}) {
  const of = useMemo(() => points.map((p) => p.id).join(' '), [points]);
  const [shapes, setShapes] = useState<Shapes | null>(() => drawnOnce.get(of) ?? null);
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<[number, number]>([W, H]);
  useLayoutEffect(() => {
    const fit = () => {
      [W, H] = sizeFor(box.current!.clientWidth);
      setSize((old) => (old[0] === W && old[1] === H ? old : [W, H]));
    };
    fit();
    const watch = new ResizeObserver(fit);
    watch.observe(box.current!);
    return () => watch.disconnect();
  }, []);
  const projection = useMemo(() => projectionFor(points, size[0], size[1]), [points, size]);
  // Sizes differ in scale and place alone, so the shapes are drawn once and moved: drawing takes a tenth of a second.
  const drawn = useMemo(() => projectionFor(points, 1000, 560), [points]);
  const svg = useRef<SVGSVGElement>(null);
  const fingers = useRef(new Map<number, { x: number; y: number }>());
  const dragged = useRef(false);
  const [sight, showSight] = useState<Sight>(home);
  // The middle of what is seen stays there when the map gets another size; the address says it once the map rests.
  const look = useRef<Look | null>(null), told = useRef(''), rest = useRef<number>(undefined);
  const setSight = (s: Sight) => {
    showSight(s);
    const middle = s.k === 1 && s.x === 0 && s.y === 0 ? null : projection.invert!([(W / 2 - s.x) / s.k, (H / 2 - s.y) / s.k]);
    look.current = middle && { lon: middle[0], lat: middle[1], k: s.k };
    clearTimeout(rest.current);
    rest.current = window.setTimeout(() => {
      told.current = look.current ? written(look.current.lat, look.current.lon, look.current.k) : '';
      setSee(told.current);
    }, 250);
  };
  useEffect(() => () => clearTimeout(rest.current), []);
  useLayoutEffect(() => {
    if (see !== told.current) { clearTimeout(rest.current); told.current = see; look.current = lookOf(see); }
    const at = look.current;
    const p = at && projection([at.lon, at.lat]);
    showSight(at && p ? { k: at.k, x: W / 2 - p[0] * at.k, y: H / 2 - p[1] * at.k } : home);
  }, [see, projection]);
  useEffect(() => {
    let gone = false;
    const had = drawnOnce.get(of);
    if (had) { setShapes(had); return undefined; }
    void readBase().then((b) => {
      if (gone) return;
      const path = geoPath(drawn).digits(2);
      const made = { land: path(b.land) ?? '', borders: path(b.borders) ?? '', provinces: path(b.provinces) ?? '', grid: path(geoGraticule10()) ?? '' };
      drawnOnce.set(of, made);
      setShapes(made);
    });
    return () => { gone = true; };
  }, [drawn, of]);

  const clamp = (s: Sight): Sight => {
    const k = Math.min(40, Math.max(0.6, s.k));
    const hold = (v: number, size: number) => Math.min(size * 0.8, Math.max(size * 0.2 - size * k, v));
    return { k, x: hold(s.x, W), y: hold(s.y, H) };
  };
  const zoom = (by: number, cx = W / 2, cy = H / 2) => {
    const k = Math.min(40, Math.max(0.6, sight.k * by));
    const f = k / sight.k;
    setSight(clamp({ k, x: cx - (cx - sight.x) * f, y: cy - (cy - sight.y) * f }));
  };
  const near = () => {
    const at = focus.flatMap((f) => { const p = projection([f.lon, f.lat]); return p ? [p] : []; });
    const span = (i: 0 | 1) => [Math.min(...at.map((p) => p[i])), Math.max(...at.map((p) => p[i]))];
    const [[left, right], [top, bottom]] = [span(0), span(1)];
    const k = Math.min(40, 0.85 * Math.min(W / Math.max(1, right - left), H / Math.max(1, bottom - top)));
    setSight(clamp({ k, x: W / 2 - (k * (left + right)) / 2, y: H / 2 - (k * (top + bottom)) / 2 }));
  };
  const spot = (e: { clientX: number; clientY: number }) => {
    const place = svg.current!.getBoundingClientRect();
    return { x: ((e.clientX - place.left) * W) / place.width, y: ((e.clientY - place.top) * H) / place.height };
  };
  useEffect(() => {
    // React's wheel listener may not prevent the page from scrolling.
    const element = svg.current!;
    const wheel = (e: WheelEvent) => { e.preventDefault(); const s = spot(e); zoom(Math.exp(-e.deltaY / 400), s.x, s.y); };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  });
  // A finger that starts on a mark and moves on moves the map; one that stays has picked the mark.
  const start = useRef<{ x: number; y: number }>({ x: 0, y: 0 });
  const down = (e: PointerEvent) => {
    fingers.current.set(e.pointerId, spot(e));
    if (fingers.current.size === 1) { start.current = spot(e); dragged.current = false; }
  };
  const move = (e: PointerEvent) => {
    const held = fingers.current;
    if (!held.has(e.pointerId)) return;
    const before = [...held.values()];
    const last = held.get(e.pointerId)!;
    const now = spot(e);
    if (!dragged.current) {
      if (held.size === 1 && Math.hypot(now.x - start.current.x, now.y - start.current.y) < 6) return;
      dragged.current = true;
      for (const id of held.keys()) svg.current!.setPointerCapture(id);
    }
    held.set(e.pointerId, now);
    const after = [...held.values()];
    if (after.length === 2) {
      const gap = (p: { x: number; y: number }[]) => Math.hypot(p[0].x - p[1].x, p[0].y - p[1].y);
      zoom(gap(after) / Math.max(1, gap(before)), (after[0].x + after[1].x) / 2, (after[0].y + after[1].y) / 2);
    } else {
      setSight(clamp({ ...sight, x: sight.x + now.x - last.x, y: sight.y + now.y - last.y }));
    }
  };
  const up = (e: PointerEvent) => fingers.current.delete(e.pointerId);
  const key = (e: KeyboardEvent) => {
    const step = 60;
    const moves: Record<string, () => void> = {
      '+': () => zoom(1.4), '=': () => zoom(1.4), '-': () => zoom(1 / 1.4), '0': () => setSight(home),
      ArrowLeft: () => setSight(clamp({ ...sight, x: sight.x + step })), ArrowRight: () => setSight(clamp({ ...sight, x: sight.x - step })),
      ArrowUp: () => setSight(clamp({ ...sight, y: sight.y + step })), ArrowDown: () => setSight(clamp({ ...sight, y: sight.y - step })),
    };
    if (!moves[e.key]) return;
    e.preventDefault();
    moves[e.key]();
  };
  const ratio = projection.scale() / drawn.scale();
  const [tx, ty] = projection.translate(), [rx, ry] = drawn.translate();
  const spots: Spots = {
    at: (lon, lat) => { const p = projection([lon, lat]) ?? [-9999, -9999]; return [p[0] * sight.k + sight.x, p[1] * sight.k + sight.y]; },
    km: (d) => (d / 6371) * projection.scale() * sight.k,
    k: sight.k,
    width: W,
    wide: W > 600,
  };
  return (
    <div className="map" ref={box}>
      <svg ref={svg} viewBox={`0 0 ${W} ${H}`} role="application" aria-label={label} tabIndex={0} onKeyDown={key}
        onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={up} onPointerLeave={up}
        onClickCapture={(e) => { if (dragged.current) { dragged.current = false; e.stopPropagation(); e.preventDefault(); } }}>
        <rect className="sea" width={W} height={H} />
        {shapes && (
          <g transform={`translate(${sight.x + sight.k * (tx - ratio * rx)} ${sight.y + sight.k * (ty - ratio * ry)}) scale(${sight.k * ratio})`} aria-hidden="true">
            <path className="grid" d={shapes.grid} /><path className="land" d={shapes.land} />
            {sight.k > 2 && <path className="provinces" d={shapes.provinces} />}
            <path className="borders" d={shapes.borders} />
          </g>
        )}
        {children(spots)}
      </svg>
      <div className="map-buttons">
        <button type="button" aria-label="Nearer" onClick={() => zoom(1.5)}>+</button>
        <button type="button" aria-label="Farther" onClick={() => zoom(1 / 1.5)}>−</button>
        <button type="button" aria-label="All of it" onClick={() => setSight(home)}>◎</button>
        {focus.length > 1 && <button type="button" onClick={near}>Front</button>}
      </div>
    </div>
  );
}
