-- Names the history that the data of the server are of that is asked.
return {history() or ''}
