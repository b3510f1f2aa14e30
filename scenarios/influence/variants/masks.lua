-- A mask earns until it slips: deceit costs more than it brings, and each layer of a person counts.
--
-- Source: Josang and Ismail 2002 (reputation is lost faster than won); the currency is the trust that fans hold.
-- Claim (masks): a brand earns by stories and answers and spends by offers. Where it plays a part, a fan looks through
-- it now and then, and all of that fan's trust is gone. The more of it is played, the less currency and the fewer sales.
-- Expect: currency and sales below .65 and .7 of the honest brand's at fake = 1; currency below .95 at fake = .2.
-- Claim (layers): content, conversation and character each carry currency; take one away and it falls.
-- Expect: each of the three alone missing costs more than a tenth.
-- Claim (unmasked): the longer a mask lasts, the more is lost when it falls.
-- Expect: the loss grows with the day.

-- A brand with fans: stories and answers earn, offers spend; `fake` is how much of it is played.
local function brand(content, answers, fake)
  agents("person", 600)
  agents("brand", 1)
  ties("fan", graph.star("brand", "person"), { trust = .1 })
  item "story"
  item "offer"
  item "reply"
  stage "posted"
  stage("consumed",
    { items = {"story"}, from = "posted", reach = content, emit = "once" },
    { items = {"reply"}, from = "posted", reach = answers, emit = "once" })
  stage("acted", { items = {"offer"}, from = "posted", reach = .5 * tie.trust, emit = "once" })
  every(1, function(t)
    post(t % 8 == 0 and "offer" or "story", "brand", "posted")
  end)
  every(4, function()
    post("reply", "brand", "posted")
  end)
  local earn = .08 * (me.new.consumed.story + me.new.consumed.reply) * (1 - tie.trust)
  local spend = .25 * src.new.posted.offer * tie.trust
  update(tie.trust, (tie.trust + earn - spend) * (1 - chance(.05 * fake)))
  observe("currency", mean(max_in(tie.trust)))
  observe("sales", sum(me.won.acted.offer, "brand") / 600)
end

return {
  scenario "masks" {
    replicates = 8,
    steps = 160,
    sweep = { fake = {0, .1, .2, .5, 1} },

    world = function(p)
      brand(.5, 0, p.fake)
    end,

    charts = { "currency ~ fake", "sales ~ fake" },

    checks = function(r)
      local honest, played = r { fake = 0 }, r { fake = 1 }
      check("C21: who deceives sells less", played.currency < .65 * honest.currency and played.sales < .7 * honest.sales)
      check("C29: a little deceit is noticed too", r { fake = .2 }.currency < .95 * honest.currency)
    end,
  },

  scenario "layers" {
    replicates = 8,
    steps = 160,
    sweep = { without = {"nothing", "content", "conversation", "character"} },

    world = function(p)
      brand(p.without == "content" and .1 or .5, p.without == "conversation" and 0 or .9,
        p.without == "character" and .5 or 0)
    end,

    charts = { "currency ~ without", "sales ~ without" },

    checks = function(r)
      local whole = r { without = "nothing" }.currency
      check("E11: content, conversation and character each carry it",
        r { without = "content" }.currency < .9 * whole and r { without = "conversation" }.currency < .9 * whole
          and r { without = "character" }.currency < .9 * whole)
    end,
  },

  scenario "unmasked" {
    replicates = 8,
    steps = 160,
    sweep = { day = {5, 20, 50, 150} },

    world = function(p)
      agents("person", 600)
      agents("brand", 1)
      ties("fan", graph.star("brand", "person"), { trust = .1 })
      contact("fan", { per = 20 * me.brand, by = "speaker", gates = false })
      update(tie.trust, tie.trust + .3 * tie.open * (1 - tie.trust))
      observe("had", mean(max_in(tie.trust)), p.day - 1)
      at(p.day, function()
        set(tie.trust, .2 * tie.trust, chance(.9))                     -- nine in ten look through it
      end)
      observe("left", mean(max_in(tie.trust)), p.day)
    end,

    charts = { "had ~ day", "left ~ day" },

    checks = function(r)
      local function lost(day)
        return r { day = day }.had - r { day = day }.left
      end
      check("E11: the later a mask falls, the more is lost",
        lost(5) < lost(20) and lost(20) < lost(50) and lost(50) < lost(150))
    end,
  },
}
