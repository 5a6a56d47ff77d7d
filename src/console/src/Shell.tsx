import { lazy, Suspense } from 'react'
import icon from './icon.svg'
import { BoardsPage } from './boards/BoardsPage'
import { ErrorBoundary } from './ErrorBoundary'
import { Link, useRoute, type Route } from './route'
import { signOut } from './session'
import { ThemeMenu } from './ThemeMenu'
import { Empty, Icon, IconButton, Loading, PageHead, type IconName } from './ui'

// Each page comes when it is looked at: the one with the editor is large.
const BoardPage = lazy(() => import('./board/BoardPage'))
const ServerPage = lazy(() => import('./server/ServerPage'))

/** What is around each page: where one can go, and out. */
export function Shell() {
  const route = useRoute()
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <header className="bar">
        <div className="bar__inside">
          <Link className="bar__brand" to={{ page: 'boards' }} aria-label="Drawbridge console">
            <img src={icon} alt="" />
            <span>Drawbridge</span>
          </Link>
          <nav className="bar__nav" aria-label="Console">
            <Place to={{ page: 'boards' }} icon="boards" isHere={route.page === 'boards' || route.page === 'board'}>
              Boards
            </Place>
            <Place to={{ page: 'server' }} icon="server" isHere={route.page === 'server'}>
              Server
            </Place>
          </nav>
          <ThemeMenu />
          <IconButton icon="signOut" label="Sign out" onClick={signOut} />
        </div>
      </header>
      <main id="main" className="main" tabIndex={-1}>
        <ErrorBoundary key={keyOf(route)}>
          <Suspense fallback={<Loading what="Loading the page" />}>
            <Page route={route} />
          </Suspense>
        </ErrorBoundary>
      </main>
    </>
  )
}

function Page({ route }: { route: Route }) {
  switch (route.page) {
    case 'boards':
      return <BoardsPage />
    case 'board':
      return <BoardPage key={route.id} id={route.id} tab={route.tab} />
    case 'server':
      return <ServerPage tab={route.tab} />
    case 'nowhere':
      return (
        <>
          <PageHead title="There is no such page" />
          <Empty icon="search" title="Nothing is here" action={<Link to={{ page: 'boards' }}>All boards</Link>} />
        </>
      )
  }
}

/** A page that has failed gets a new chance when another is gone to. */
function keyOf(route: Route): string {
  return route.page === 'board' ? `board ${route.id}` : route.page
}

function Place({ to, icon: name, isHere, children }: { to: Route; icon: IconName; isHere: boolean; children: string }) {
  return (
    <Link to={to} aria-current={isHere ? 'page' : undefined}>
      <Icon name={name} />
      {children}
    </Link>
  )
}
