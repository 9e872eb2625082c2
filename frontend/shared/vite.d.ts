declare module '*?surface=student' {
  const texts: unknown
  export default texts
}
declare module '*?surface=manager' {
  const texts: unknown
  export default texts
}
declare module '*?surface=counter' {
  const texts: unknown
  export default texts
}
declare module '*?surface=student&later' {
  const texts: unknown
  export default texts
}
declare module '*?surface=counter&later' {
  const texts: unknown
  export default texts
}
