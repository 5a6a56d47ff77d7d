// Drawn here, so that nothing is loaded for them: 20 × 20, lines of 1.6.
const paths = {
  add: 'M10 4v12M4 10h12',
  assets: 'M3.5 4.5h13v11h-13zM3.5 13l4-4 3.5 3.5 2-2 3.5 3.5M12.6 7.7h.01',
  back: 'M12 4.5 6.5 10l5.5 5.5',
  boards: 'M3.5 3.5h5v5h-5zM11.5 3.5h5v5h-5zM3.5 11.5h5v5h-5zM11.5 11.5h5v5h-5z',
  check: 'm4.5 10.5 3.5 3.5 7.5-8',
  close: 'm5 5 10 10M15 5 5 15',
  copy: 'M7 7h9.5v9.5H7zM4.5 13H3.5V3.5H13v1',
  dark: 'M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3z',
  delete: 'M3.5 5.5h13M8 5.5v-2h4v2M5.5 5.5l.7 11h7.6l.7-11M8.5 8.5v5M11.5 8.5v5',
  down: 'm5 7.5 5 5 5-5',
  download: 'M10 3.5v9M6 9l4 4 4-4M3.5 16.5h13',
  duplicate: 'M7.5 7.5h9v9h-9zM12.5 7.5v-4h-9v9h4',
  edit: 'm4 16 .8-3.6L13 4.2a1.4 1.4 0 0 1 2 0l.8.8a1.4 1.4 0 0 1 0 2l-8.2 8.2zM11.5 5.7l2.8 2.8',
  failed: 'M10 3 2.5 16.5h15zM10 8v4M10 14.3h.01',
  fit: 'M3.5 7.5v-4h4M12.5 3.5h4v4M16.5 12.5v4h-4M7.5 16.5h-4v-4',
  import: 'M10 12.5v-9M6 7l4-4 4 4M3.5 12.5v4h13v-4',
  light: 'M10 6.8a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M15.7 4.3l-1.1 1.1M5.4 14.6l-1.1 1.1',
  link: 'M8.5 11.5a3 3 0 0 0 4.3 0l2.9-2.9a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-2.9 2.9a3 3 0 0 0 4.3 4.3l1-1',
  minus: 'M4 10h12',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  open: 'M8 4.5H4.5v11h11V12M11.5 3.5h5v5M16.5 3.5 9.5 10.5',
  people: 'M7.5 4a2.75 2.75 0 1 0 0 5.5 2.75 2.75 0 0 0 0-5.5zM2.5 16c0-2.8 2.2-4.5 5-4.5s5 1.7 5 4.5M13 4.3a2.75 2.75 0 0 1 0 4.9M14.5 11.8c1.8.6 3 2.1 3 4.2',
  records: 'M7.5 4C5 4 7 9 4 10c3 1 1 6 3.5 6M12.5 4c2.5 0 .5 5 3.5 6-3 1-1 6-3.5 6',
  reload: 'M16 10a6 6 0 1 1-1.8-4.3L16 7.5M16 3.5v4h-4',
  restore: 'M4 10a6 6 0 1 0 1.8-4.3L4 7.5M4 3.5v4h4M10 6.8V10l2.3 1.5',
  search: 'M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM13 13l3.8 3.8',
  server: 'M3.5 4h13v5h-13zM3.5 11h13v5h-13zM6.5 6.5h.01M6.5 13.5h.01',
  signOut: 'M8 3.5H3.5v13H8M12.5 6.5 16 10l-3.5 3.5M16 10H7.5',
  system: 'M3 4h14v9.5H3zM7 16.5h6M10 13.5v3',
  up: 'm5 12.5 5-5 5 5',
  versions: 'M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM10 6.5V10l2.5 2',
}

export type IconName = keyof typeof paths

/** A picture beside words, or within a control that has a name: it says nothing by itself. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg className={`icon icon--${name}`} width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  )
}
