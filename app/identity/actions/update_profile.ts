import type User from '#app/identity/models/user'

export interface UpdateProfileInput {
  fullName: string
  locale: string
  timeZone: string
}

export class UpdateProfile {
  handle(user: User, profile: UpdateProfileInput): Promise<User> {
    return user.merge(profile).save()
  }
}
