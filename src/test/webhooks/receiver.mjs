// Receives webhooks and verifies each as Standard Webhooks has it. Its arguments are secrets: all of them are tried.
// It prints its port first, and then a line for each request: the event as JSON, or what is wrong with it.
import { createServer } from 'node:http'
import { Webhook } from 'standardwebhooks'

const secrets = process.argv.slice(2)

function verified(body, headers) {
	for (const secret of secrets) {
		const webhook = secret.startsWith('whsec_') ? new Webhook(secret) : new Webhook(secret, { format: 'raw' })
		try {
			return { secret, event: webhook.verify(body, headers) }
		} catch (error) {
			// perhaps the next one
		}
	}
	return undefined
}

const server = createServer(async (request, response) => {
	const chunks = []
	for await (const chunk of request) chunks.push(chunk)
	const found = verified(Buffer.concat(chunks), request.headers)
	const tampered = verified(Buffer.concat([...chunks, Buffer.from(' ')]), request.headers)
	response.statusCode = found && !tampered ? 204 : 400
	response.end(() => {
		console.log(JSON.stringify({ verified: found !== undefined, tampered: tampered !== undefined, ...found, id: request.headers['webhook-id'] }))
	})
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
process.stdin.resume().on('end', () => process.exit(0))
